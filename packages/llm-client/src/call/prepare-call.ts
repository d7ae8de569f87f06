import { randomUUID } from 'node:crypto';
import type { LogEvent } from '@pd/call-log/schema';
import type { BackendRequest } from '../backend/backend.ts';
import type { ChatRequest } from '../chat-request.ts';
import type { ClientSettings } from '../client.ts';
import { resolveModel } from '../providers/resolve-model.ts';
import { CallRecord } from './call-record.ts';
import { type Deadline, startDeadline } from './deadline.ts';

/** As long as the openai SDK waits by default. */
const DEFAULT_TIMEOUT_MS = 600_000;

/** A call that is on record and ready to be sent. */
export interface PreparedCall {
  record: CallRecord;
  deadline: Deadline;
  request: BackendRequest;
}

/**
 * Resolves who asks whom for what, and records it. Synchronous, so that the owner is the code that asked.
 *
 * @throws {UnknownProviderError} before anything is recorded
 */
export function prepareCall(settings: ClientSettings, request: ChatRequest, stream: boolean): PreparedCall {
  const { messages, model, tools, extra, agent, metadata, signal, timeoutMs, parentCallId, ...parameters } =
    request;
  const target = resolveModel(model ?? settings.model, settings.server);
  const asked = {
    ...parameters,
    ...extra,
    ...(stream && { stream: true, stream_options: { include_usage: true } }),
  };
  const owner = agent ?? settings.agent;
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
      parameters: asked,
      ...(tools !== undefined && { tools }),
      metadata: { ...settings.metadata, ...metadata },
    },
    guarded(settings),
    settings.clock,
  );
  const deadline = startDeadline(timeoutMs ?? settings.timeoutMs ?? DEFAULT_TIMEOUT_MS, signal);
  const body = { model: target.model, messages, ...(tools !== undefined && { tools }), ...asked };
  return { record, deadline, request: { call: record.start, target, body, signal: deadline.signal } };
}

/** A new call id. */
export function createCallId(): string {
  return `call_${randomUUID()}`;
}

/** A logger that throws or rejects never harms the call; it is told of once. */
function guarded({ logger, onLoggerError }: ClientSettings): (event: LogEvent) => void {
  if (logger === undefined) return () => {};
  return (event) => {
    try {
      const promise: unknown = logger(event);
      if (promise instanceof Promise) promise.catch(onLoggerError);
    } catch (error) {
      onLoggerError(error);
    }
  };
}
