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
  const all = [...placedCalls(tree.agents)];
  const timed = all.filter(({ call }) => call.duration_ms !== undefined);
  const paid = all.filter(({ call }) => (call.cost_usd ?? 0) > 0);
  return {
    slowest: top(timed, count, ({ call }) => call.duration_ms ?? 0).map(listed),
    dearest: top(paid, count, ({ call }) => call.cost_usd ?? 0).map(listed),
    truncated: listOf(all, count, isTruncated),
    unpriced: listOf(all, count, isUnpriced),
  };
}

function listOf(all: readonly PlacedCall[], count: number, isOne: (call: CallNode) => boolean): CallList {
  const some = all.filter(({ call }) => isOne(call));
  return { total: some.length, calls: some.slice(0, count).map(listed) };
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
