import { randomUUID } from 'node:crypto';
import type { ChatRequest } from '../chat-request.ts';
import type { ClientSettings } from '../client.ts';
import { type Gate, joinGates } from '../gate/gate.ts';
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
  /** What every attempt has to pass. */
  gates: readonly Gate[];
  settings: ClientSettings;
}

/**
 * Resolves who asks whom for what, and records it. Synchronous, so that the owner is the code that asked.
 *
 * @throws {UnknownProviderError | TypeError} before anything is recorded; the latter for what JSON cannot hold
 */
export function prepareCall(settings: ClientSettings, request: ChatRequest, stream: boolean): PreparedCall {
  const {
    model,
    agent,
    metadata,
    signal,
    timeoutMs,
    attemptTimeoutMs,
    parentCallId,
    gates = [],
    ...given
  } = request;
  // What is recorded is what is sent, whatever the caller does with its objects meanwhile.
  const { messages, tools, extra, ...parameters }: typeof given = JSON.parse(JSON.stringify(given));
  const route = settings.routeOf(model ?? settings.model);
  const asked = {
    ...parameters,
    ...extra,
    ...(stream && { stream: true, stream_options: { include_usage: true } }),
  };
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
      operation: 'chat',
      provider: target?.provider ?? '',
      model: target?.model ?? '',
      messages,
      parameters: asked,
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
    body: { messages, ...(tools !== undefined && { tools }), ...asked },
    attemptTimeoutMs: attemptTimeoutMs ?? settings.attemptTimeoutMs,
    gates: joinGates(settings.gates, gates),
    settings,
  };
}

/** A new call id. */
export function createCallId(): string {
  return `call_${randomUUID()}`;
}
