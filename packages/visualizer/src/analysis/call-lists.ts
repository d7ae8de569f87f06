import type { CallNode, RunTree } from '@pd/call-log/schema';
import { type CallRef, type PlacedCall, placedCalls, refOf } from './call-ref.ts';
import { top } from './top.ts';

/** A call and the number it is listed for. */
export interface ListedCall extends CallRef {
  provider: string;
  model: string;
  status: CallNode['status'];
  durationMs?: number;
  costUsd?: number;
}

/** Some of many calls. */
export interface CallList {
  /** How many there are in all. */
  total: number;
  calls: ListedCall[];
}

/** Calls that stick out. */
export interface CallLists {
  /** Those that took longest first, of those with a known duration. */
  slowest: ListedCall[];
  /** Those that cost most first, of those with a price above 0. */
  dearest: ListedCall[];
  /** Replies that stopped before their end, in the order of the record. */
  truncated: CallList;
  /** Calls that reached a model and have no price, in the order of the record. */
  unpriced: CallList;
}

/** The calls that stick out, at most `count` of each kind. */
export function listCalls(tree: RunTree, count: number): CallLists {
  const timed: PlacedCall[] = [];
  const paid: PlacedCall[] = [];
  const truncated: CallList = { total: 0, calls: [] };
  const unpriced: CallList = { total: 0, calls: [] };
  const add = (list: CallList, placed: PlacedCall) => {
    list.total++;
    if (list.calls.length < count) list.calls.push(listed(placed));
  };
  // In one pass: a large run does not fit into the processor's caches.
  for (const placed of placedCalls(tree.agents)) {
    const { call } = placed;
    if (call.duration_ms !== undefined) timed.push(placed);
    if ((call.cost_usd ?? 0) > 0) paid.push(placed);
    if (isTruncated(call)) add(truncated, placed);
    if (isUnpriced(call)) add(unpriced, placed);
  }
  return {
    slowest: top(timed, count, ({ call }) => call.duration_ms ?? 0).map(listed),
    dearest: top(paid, count, ({ call }) => call.cost_usd ?? 0).map(listed),
    truncated,
    unpriced,
  };
}

function isTruncated({ status, post }: CallNode): boolean {
  return status === 'truncated' || post?.finish_reason === 'length';
}

function isUnpriced({ status, usage, cost_usd }: CallNode): boolean {
  const isUsed = usage?.input_tokens !== undefined || usage?.output_tokens !== undefined;
  return cost_usd === undefined && (status === 'ok' || isUsed);
}

function listed(placed: PlacedCall): ListedCall {
  const { provider, model } = placed.call.pre;
  const { status, duration_ms: durationMs, cost_usd: costUsd } = placed.call;
  return {
    ...refOf(placed),
    provider,
    model,
    status,
    ...(durationMs !== undefined && { durationMs }),
    ...(costUsd !== undefined && { costUsd }),
  };
}
