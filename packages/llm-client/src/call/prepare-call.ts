import { randomUUID } from 'node:crypto';
import type { CallStart } from '@pd/call-log/schema';
import type { CallOptions, ChatRequest } from '../chat-request.ts';
import type { ClientSettings } from '../client.ts';
import type { Leg } from '../routing/route.ts';
import { CallRecord } from './call-record.ts';
import { type Deadline, startDeadline } from './deadline.ts';

/** As long as the openai SDK waits by default. */
const DEFAULT_TIMEOUT_MS = 600_000;

/** A call that is on record and ready to be sent. */
export interface PreparedCall {
  record: CallRecord;
  deadline: Deadline;
  /** The models to ask, in order. */
  route: readonly Leg[];
  /** What goes on the wire, but for the model's name. */
  body: Readonly<Record<string, unknown>>;
  attemptTimeoutMs: number | undefined;
  settings: ClientSettings;
}

/** What is asked, as the log tells it and as it goes on the wire. */
export interface Asked extends Pick<CallStart, 'operation' | 'messages' | 'parameters' | 'tools'> {
  /** The models to ask, in order. */
  route: readonly Leg[];
  body: PreparedCall['body'];
}

/**
 * Takes a chat completion that is asked for, and records it.
 *
 * @throws {UnknownProviderError | TypeError} before anything is recorded; the latter for what JSON cannot hold
 */
export function prepareCall(settings: ClientSettings, request: ChatRequest, stream: boolean): PreparedCall {
  const { options, given } = splitRequest(request);
  // What is recorded is what is sent, whatever the caller does with its objects meanwhile.
  const { messages, tools, extra, ...parameters }: typeof given = JSON.parse(JSON.stringify(given));
  const asked = {
    ...parameters,
    ...extra,
    ...(stream && { stream: true, stream_options: { include_usage: true } }),
  };
  return openCall(settings, options, {
    operation: 'chat',
    route: settings.routeOf(options.model ?? settings.model),
    messages,
    parameters: asked,
    ...(tools !== undefined && { tools }),
    body: { messages, ...(tools !== undefined && { tools }), ...asked },
  });
}

type OwnOptions = CallOptions & { model?: string };

/** Takes a request apart: what stays here, and what goes on the wire. */
export function splitRequest<Request extends OwnOptions>(request: Request) {
  const { model, agent, metadata, signal, timeoutMs, attemptTimeoutMs, parentCallId, ...given } = request;
  return { options: { model, agent, metadata, signal, timeoutMs, attemptTimeoutMs, parentCallId }, given };
}

/** Resolves who asks whom for what, and records it. Synchronous, so that the owner is the code that asked. */
export function openCall(
  settings: ClientSettings,
  options: ReturnType<typeof splitRequest<OwnOptions>>['options'],
  { operation, route, messages, parameters, tools, body }: Asked,
): PreparedCall {
  const { agent, metadata, signal, timeoutMs, attemptTimeoutMs, parentCallId } = options;
  const owner = agent ?? settings.agent;
  const target = route[0]?.deployments[0];
  const record = new CallRecord(
    {
      type: 'call.start',
      call_id: settings.createId(),
      ...(parentCallId !== undefined && { parent_call_id: parentCallId }),
      ...(owner !== undefined && {
        agent: owner,
        agent_source: agent === undefined ? 'binding' : 'explicit',
      }),
      operation,
      provider: target?.provider ?? '',
      model: target?.model ?? '',
      messages,
      ...(parameters !== undefined && { parameters }),
      ...(tools !== undefined && { tools }),
      metadata: { ...settings.metadata, ...metadata },
    },
    settings.log,
    settings.clock,
  );
  return {
    record,
    deadline: startDeadline(timeoutMs ?? settings.timeoutMs ?? DEFAULT_TIMEOUT_MS, signal),
    route,
    body,
    attemptTimeoutMs: attemptTimeoutMs ?? settings.attemptTimeoutMs,
    settings,
  };
}

/** A new call id. */
export function createCallId(): string {
  return `call_${randomUUID()}`;
}
