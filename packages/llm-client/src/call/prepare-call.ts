import { randomUUID } from 'node:crypto';
import type { CallNode, CallStart, Mended } from '@pd/call-log/schema';
import { cacheKey } from '../cache/cache-key.ts';
import type { KeptReplies } from '../cache/call-cache.ts';
import { keptReplies } from '../cache/kept-replies.ts';
import type { CallOptions, ChatRequest } from '../chat-request.ts';
import type { ClientSettings } from '../client-settings.ts';
import { type Gate, joinGates } from '../gate/gate.ts';
import { HistoryFor } from '../history/history-for.ts';
import type { Deployment } from '../routing/deployment.ts';
import type { Leg } from '../routing/route.ts';
import { CallRecord } from './call-record.ts';
import { type Deadline, startDeadline } from './deadline.ts';
import { findBefore, tellGates, toBegun } from './find-before.ts';
import type { FinishedCall } from './finished-call.ts';
import { createIdempotencyHeaders } from './idempotency-headers.ts';
import { toWireBody } from './wire-body.ts';

/** As long as the openai SDK waits by default (`OpenAI.DEFAULT_TIMEOUT` of 7.57). */
const DEFAULT_TIMEOUT_MS = 600_000;

/** A call that is on record and ready to be sent. */
export interface PreparedCall {
  record: CallRecord;
  deadline: Deadline;
  /** The models to ask, in order. */
  route: readonly Leg[];
  /**
   * What goes on the wire to a deployment.
   *
   * @throws {InvalidHistoryError} for messages that its provider would refuse
   */
  bodyFor: (deployment: Deployment) => Record<string, unknown>;
  /** What was mended for a deployment whose rules are not those of the call's provider; its body may differ from the record. */
  mendedFor: (deployment: Deployment) => readonly Mended[] | undefined;
  /** What goes with it besides the deployment's own headers. */
  headersFor: (deployment: Deployment) => Record<string, string> | undefined;
  attemptTimeoutMs: number | undefined;
  /** What every attempt has to pass. */
  gates: readonly Gate[];
  /** Absent when the call has nothing to do with one. */
  cache: KeptReplies | undefined;
  /**
   * Of a call that is not on record, when its run is being resumed: waits until all that is has been asked for.
   *
   * @throws {DivergenceError} and the reason of an abort; then nothing of the call is on record
   */
  hold?: (() => Promise<void>) | undefined;
  /** The same call as an earlier process of the run made it, when its caller ended it there. */
  begunBefore?: CallNode | undefined;
  settings: ClientSettings;
}

/** What is asked, as the log tells it and as it goes on the wire. */
export interface Asked
  extends Pick<CallStart, 'operation' | 'messages' | 'parameters' | 'tools' | 'mended'>,
    Pick<PreparedCall, 'route' | 'bodyFor'>,
    Partial<Pick<PreparedCall, 'mendedFor'>> {}

type SentBody = Record<string, unknown> & { messages: object[]; tools?: object[] };

/**
 * Takes a chat completion that is asked for, and records it.
 *
 * @throws {UnknownProviderError | TypeError} before anything is recorded; the latter for what JSON cannot hold
 */
export function prepareCall(
  settings: ClientSettings,
  request: ChatRequest,
  stream: boolean,
): PreparedCall | FinishedCall {
  const { options, given } = splitRequest(request);
  // What is recorded is what is sent, whatever the caller does with its objects meanwhile.
  const { messages: said, extra, ...parameters }: typeof given = JSON.parse(JSON.stringify(given));
  const route = settings.routeOf(options.model ?? settings.model);
  const asked = { ...parameters, ...extra, ...(stream && { stream: true }) };
  const target = route[0]?.deployments[0] as Deployment;
  const history = new HistoryFor(said, settings.history, target.entry.history);
  const shaped = (deployment: Deployment) =>
    toWireBody(deployment, { messages: history.for(deployment.entry.history), ...asked });
  // On record is what goes to the deployment that the call was meant for.
  const { messages, tools, model: _model, ...sent } = shaped(target) as SentBody;
  const home = target.entry.history;
  const mended = history.mendedFor(home);
  return openCall(settings, options, {
    operation: 'chat',
    route,
    messages,
    parameters: sent,
    ...(tools !== undefined && { tools }),
    ...(mended !== undefined && { mended }),
    mendedFor: ({ entry }) => (entry.history === home ? undefined : history.mendedFor(entry.history)),
    bodyFor: (deployment) => {
      history.check(deployment.entry.history);
      return shaped(deployment);
    },
  });
}

type OwnOptions = CallOptions & { model?: string };

/** Takes a request apart: what stays here, and what goes on the wire. */
export function splitRequest<Request extends OwnOptions>(request: Request) {
  const { model, agent, metadata, signal, timeoutMs, attemptTimeoutMs, parentCallId, gates, ...others } =
    request;
  const { cache, idempotencyKey, ...given } = others;
  return {
    options: {
      ...{ model, agent, metadata, signal, timeoutMs, attemptTimeoutMs, parentCallId, gates },
      ...{ cache, idempotencyKey },
    },
    given,
  };
}

/**
 * Resolves who asks whom for what, and records it. Synchronous, so that the owner is the code that asked. When its run is
 * being resumed, the call may be on record already.
 */
export function openCall(
  settings: ClientSettings,
  options: ReturnType<typeof splitRequest<OwnOptions>>['options'],
  { operation, route, messages, parameters, tools, mended, bodyFor, mendedFor = () => undefined }: Asked,
): PreparedCall | FinishedCall {
  const { agent, metadata, signal, timeoutMs, attemptTimeoutMs, parentCallId, cache } = options;
  const owner = agent ?? settings.agent;
  const target = route[0]?.deployments[0] as Deployment;
  const gates = joinGates(settings.gates, options.gates ?? []);
  const asked: Omit<CallStart, 'at'> = {
    type: 'call.start',
    call_id: settings.createId(),
    ...(parentCallId !== undefined && { parent_call_id: parentCallId }),
    ...(owner !== undefined && {
      agent: owner,
      agent_source: agent === undefined ? 'binding' : 'explicit',
    }),
    operation,
    provider: target.provider,
    model: target.model,
    messages,
    ...(parameters !== undefined && { parameters }),
    ...(tools !== undefined && { tools }),
    ...(mended !== undefined && { mended }),
    metadata: { ...settings.metadata, ...metadata },
  };
  const { resume } = settings;
  const { finished, inFlight, begunBefore, isNew } = findBefore(resume, asked);
  tellGates(gates, finished ?? inFlight);
  if (finished !== undefined) return { finished, signal, check: () => bodyFor(target) };
  const record = new CallRecord(asked, settings.log, settings.clock, inFlight && toBegun(inFlight, asked));
  const headersFor = createIdempotencyHeaders(options.idempotencyKey, route, record.id);
  const deadline = startDeadline(timeoutMs ?? settings.timeoutMs ?? DEFAULT_TIMEOUT_MS, signal);
  return {
    record,
    deadline,
    route,
    bodyFor,
    mendedFor,
    headersFor,
    attemptTimeoutMs: attemptTimeoutMs ?? settings.attemptTimeoutMs,
    gates,
    cache: keptReplies(settings, cache, record.start, () => cacheKey(operation, target, bodyFor(target))),
    hold: isNew ? async () => resume?.rest({ call: record.start, signal: deadline.signal }) : undefined,
    begunBefore,
    settings,
  };
}

/** A new call id. */
export function createCallId(): string {
  return `call_${randomUUID()}`;
}
