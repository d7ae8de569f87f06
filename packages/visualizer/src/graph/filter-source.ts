import type { CallNode, MessageNode } from '@pd/call-log/schema';
import { endOf } from './call-times.ts';
import type { GraphSource, SourceCall, SourceMessage } from './graph-source.ts';
import { lazily } from './lazily.ts';

/** What of a run is wanted. What several fields say must all be true; an absent field asks for nothing. */
export interface GraphFilter {
  /** Ids: calls that one of them made, messages from or to one of them. */
  agents?: Iterable<string>;
  /** Calls and messages with one of these statuses. */
  statuses?: Iterable<CallNode['status'] | MessageNode['status']>;
  /** Messages in the time from `fromMs` to `toMs` (ms since 1970, both included), calls that went on in it. */
  fromMs?: number;
  toMs?: number;
  /** Which of the two kinds; both when absent. */
  kinds?: Iterable<'message' | 'call'>;
  /** Anything else that is to be true of a call. */
  call?: (call: SourceCall) => boolean;
  /** Anything else that is to be true of a message. */
  message?: (message: SourceMessage) => boolean;
}

/**
 * The part of a run that passes: its calls, its messages, and the agents that they or the filter name.
 * What has no time counts as there from the start, as in `sourceAt`.
 */
export function filterSource(source: GraphSource, filter: GraphFilter): GraphSource {
  const passes = passing(filter);
  const calls = lazily(() => keep(source.calls, passes.call));
  const messages = lazily(() => keep(source.messages, passes.message));
  const named = new Set(filter.agents);
  for (const { agentId } of calls) named.add(agentId);
  for (const { from, to } of messages) {
    if (from !== undefined) named.add(from);
    if (to !== undefined) named.add(to);
  }
  return { ...source, agents: lazily(() => keep(source.agents, ({ id }) => named.has(id))), calls, messages };
}

function passing(filter: GraphFilter) {
  const agents = filter.agents === undefined ? undefined : new Set(filter.agents);
  const statuses = filter.statuses === undefined ? undefined : new Set<string>(filter.statuses);
  const kinds = new Set(filter.kinds ?? ['message', 'call']);
  const { fromMs = Number.NEGATIVE_INFINITY, toMs = Number.POSITIVE_INFINITY } = filter;
  const isIn = (startMs = Number.NEGATIVE_INFINITY, endMs = startMs) => startMs <= toMs && endMs >= fromMs;
  return {
    call: (call: SourceCall) =>
      kinds.has('call') &&
      (agents?.has(call.agentId) ?? true) &&
      (statuses?.has(call.status) ?? true) &&
      isIn(call.startMs, call.status === 'open' ? Number.POSITIVE_INFINITY : endOf(call)) &&
      (filter.call?.(call) ?? true),
    message: (message: SourceMessage) =>
      kinds.has('message') &&
      (agents === undefined || isAmong(agents, message)) &&
      (statuses?.has(message.status) ?? true) &&
      isIn(message.atMs) &&
      (filter.message?.(message) ?? true),
  };
}

function isAmong(agents: ReadonlySet<string>, { from, to }: SourceMessage): boolean {
  return (from !== undefined && agents.has(from)) || (to !== undefined && agents.has(to));
}

function* keep<T>(items: Iterable<T>, passes: (item: T) => boolean): Generator<T> {
  for (const item of items) if (passes(item)) yield item;
}
