import type { CallNode, JsonValue, MessageNode, RunTree } from '@pd/call-log/schema';
import { pairKey } from './pair-key.ts';
import { type RepeatedCycle, repeatedCycles } from './repeated-cycles.ts';
import { top } from './top.ts';

/** One step of a round: a message, or a tool that an agent asked for. */
export type LoopStep =
  | { kind: 'message'; from: string; to: string }
  | { kind: 'tool'; agentId: string; tool: string };

/** The same steps again and again, without any other of the kind between. */
export interface Loop {
  rounds: number;
  /** Of one round. */
  steps: LoopStep[];
  /** Whether every round said the very same, which a conversation does not do. Of tools: the same arguments. */
  isSame: boolean;
  /** The calls that the steps of the first and the last round name, where they name one. */
  firstCallId?: string;
  lastCallId?: string;
}

interface Item {
  step: LoopStep;
  /** Items with the same key are the same step. */
  key: string;
  content: JsonValue | undefined;
  callId: string | undefined;
}

/**
 * Rounds that repeat: messages between the same agents in the same order, and an agent's tool calls with the same
 * arguments. Those in which nothing new was said come first, then those of most steps.
 */
export function findLoops(tree: RunTree, count: number): Loop[] {
  const weight = ({ isSame, rounds, steps }: Loop) => (isSame ? 1e12 : 0) + rounds * steps.length;
  return top(allLoops(tree), count, weight);
}

function* allLoops({ messages, agents }: RunTree): Generator<Loop> {
  yield* loopsIn(messages.flatMap(messageItem));
  for (const { id, calls } of agents) yield* loopsIn(calls.flatMap((call) => toolItems(id, call)));
}

function messageItem({ from, to, content, call_id: callId }: MessageNode): Item[] {
  if (from === undefined || to === undefined) return [];
  return [{ step: { kind: 'message', from, to }, key: pairKey(from, to), content, callId }];
}

function toolItems(agentId: string, { id, tool_calls }: CallNode): Item[] {
  return tool_calls.map(({ name, arguments: content }) => ({
    step: { kind: 'tool', agentId, tool: name },
    key: pairKey(name, JSON.stringify(content) ?? ''),
    content,
    callId: id,
  }));
}

function loopsIn(items: readonly Item[]): Loop[] {
  return repeatedCycles(items.map(({ key }) => key)).map((cycle) => toLoop(items, cycle));
}

function toLoop(items: readonly Item[], { start, period, rounds }: RepeatedCycle): Loop {
  const end = start + period * rounds;
  const firstCallId = items.slice(start, start + period).find(({ callId }) => callId !== undefined)?.callId;
  const lastCallId = items.slice(end - period, end).findLast(({ callId }) => callId !== undefined)?.callId;
  return {
    rounds,
    steps: items.slice(start, start + period).map(({ step }) => step),
    isSame: isSameEachTime(items, start, end, period),
    ...(firstCallId !== undefined && { firstCallId }),
    ...(lastCallId !== undefined && { lastCallId }),
  };
}

function isSameEachTime(items: readonly Item[], start: number, end: number, period: number): boolean {
  for (let at = start + period; at < end; at++) {
    const [now, before] = [items[at]?.content, items[at - period]?.content];
    if (now !== before && JSON.stringify(now) !== JSON.stringify(before)) return false;
  }
  return true;
}
