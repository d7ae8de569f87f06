import { randomUUID } from 'node:crypto';
import type { ChatRequest } from '../chat-request.ts';
import type { ClientSettings } from '../client.ts';
import { type Gate, joinGates } from '../gate/gate.ts';
import { HistoryFor } from '../history/history-for.ts';
import type { Deployment } from '../routing/deployment.ts';
import type { Leg } from '../routing/route.ts';
import { CallRecord } from './call-record.ts';
import { type Deadline, startDeadline } from './deadline.ts';
import { toWireBody } from './wire-body.ts';

/** As long as the openai SDK waits by default. */
const DEFAULT_TIMEOUT_MS = 600_000;

type SentBody = Record<string, unknown> & { messages: object[]; tools?: object[] };

/** A call that is on record and ready to be sent. */
export interface PreparedCall {
  record: CallRecord;
  deadline: Deadline;
  /** The models to ask, in order. */
  route: readonly Leg[];
  /** What the caller asks, but for the messages and the model's name. */
  asked: Readonly<Record<string, unknown>>;
  /** The messages, as each provider gets them. */
  history: HistoryFor;
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
  const { messages: said, extra, ...parameters }: typeof given = JSON.parse(JSON.stringify(given));
  const route = settings.routeOf(model ?? settings.model);
  const asked = { ...parameters, ...extra, ...(stream && { stream: true }) };
  const owner = agent ?? settings.agent;
  const target = route[0]?.deployments[0] as Deployment;
  const history = new HistoryFor(said, settings.history, target.entry.history);
  // On record is what goes to the deployment that the call was meant for.
  const body = toWireBody(target, { messages: history.for(target.entry.history), ...asked });
  const { messages, tools, model: _model, ...sent } = body as SentBody;
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
      provider: target.provider,
      model: target.model,
      messages,
      parameters: sent,
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
    asked,
    history,
    attemptTimeoutMs: attemptTimeoutMs ?? settings.attemptTimeoutMs,
    gates: joinGates(settings.gates, gates),
    settings,
  };
}

/** A new call id. */
export function createCallId(): string {
  return `call_${randomUUID()}`;
}
