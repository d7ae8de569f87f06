import type { AgentNode, CallNode, RunTree } from '@pd/call-log/schema';
import { readClock } from '../analysis/run-clock.ts';
import { contentText } from '../text/content-text.ts';
import { alignCalls } from './align-calls.ts';
import { byTime, type Pair } from './by-time.ts';
import { compareCalls, replyOf, type SentCall } from './compare-call.ts';
import { compareMessages } from './compare-messages.ts';
import { KnownRequests } from './known-requests.ts';
import { type Compared, measure } from './measure.ts';
import type { DiffCall, DivergentCall, RunDiff, RunSide, SystemPromptDiff } from './run-diff.ts';
import { systemPrompts } from './system-prompts.ts';
import { compareTopology } from './topology.ts';
import { wordDiff } from './word-diff.ts';

/** Options of {@link diffRuns}. */
export interface DiffOptions {
  /** How many calls and prompts to tell of in detail, at most. Default 20. */
  count?: number;
}

/**
 * Compares two runs call by call. Agents correspond by id, their calls by what was sent (see `alignCalls`), so that
 * calls which were put in or left out do not make all that follow different.
 *
 * What always differs between two executions of the same run does not count: times, ids, ports, interrupted attempts
 * (see `compareCalls`). Pure, near-linear, and the same for the same trees.
 */
export function diffRuns(a: RunTree, b: RunTree, { count = 20 }: DiffOptions = {}): RunDiff {
  const known = new KnownRequests();
  const pairs = byTime(a, b, pairCalls(a, b, known));
  const calls = { same: 0, changed: 0, removed: 0, added: 0 };
  const [prompts, replies] = [{ changed: 0 }, { changed: 0 }];
  const divergent: DivergentCall[] = [];
  for (const pair of pairs) {
    const call = compare(pair, known, divergent.length < count);
    if (call === undefined) {
      calls.same++;
      continue;
    }
    calls[call.kind]++;
    if (call.differences.some(({ field }) => field === 'messages')) prompts.changed++;
    if (call.differences.some(({ field }) => field === 'reply')) replies.changed++;
    if (divergent.length < count) divergent.push(call);
  }
  const topology = compareTopology(a, b);
  const messages = compareMessages(a, b, known);
  const [firstDivergence] = divergent;
  const isSame =
    calls.changed + calls.removed + calls.added + messages.removed + messages.added === 0 &&
    a.run.status === b.run.status &&
    Object.values(topology).every(({ length }) => length === 0);
  return {
    isSame,
    a: sideOf(a),
    b: sideOf(b),
    calls,
    ...(firstDivergence !== undefined && { firstDivergence }),
    divergent,
    topology,
    messages,
    prompts: { ...prompts, system: systemPromptDiffs(a, b, count) },
    replies,
    ...comparedMeasures(a, b),
  };
}

function sideOf(tree: RunTree): RunSide {
  const { id, name, status } = tree.run;
  return { runId: id, ...(name !== undefined && { name }), status, durationMs: readClock(tree).durationMs };
}

function pairCalls(a: RunTree, b: RunTree, known: KnownRequests): Pair[] {
  const [sentA, sentB] = [known.conversationsOf(a), known.conversationsOf(b)];
  const sent = (places: ReadonlyMap<CallNode, number>) => (call: CallNode) => {
    const conversation = places.get(call) ?? 0;
    return { call, conversation, last: known.conversations.last(conversation) };
  };
  const agentsB = new Map(b.agents.map((agent) => [agent.id, agent]));
  const idsA = new Set(a.agents.map(({ id }) => id));
  const agents: (readonly [string, AgentNode | undefined, AgentNode | undefined])[] = [
    ...a.agents.map((agent) => [agent.id, agent, agentsB.get(agent.id)] as const),
    ...b.agents.filter(({ id }) => !idsA.has(id)).map((agent) => [agent.id, undefined, agent] as const),
  ];
  return agents.flatMap(([agentId, agentA, agentB]) => {
    const callsA = (agentA?.calls ?? []).map(sent(sentA));
    const callsB = (agentB?.calls ?? []).map(sent(sentB));
    return alignCalls(callsA, callsB).map(([placeA, placeB]): Pair => {
      const [inA, inB] = [callsA[placeA ?? -1], callsB[placeB ?? -1]];
      return {
        agentId,
        ...(inA !== undefined && { a: { ...inA, ordinal: (placeA ?? 0) + 1 } }),
        ...(inB !== undefined && { b: { ...inB, ordinal: (placeB ?? 0) + 1 } }),
      };
    });
  });
}

/** `undefined` when the calls are the same. */
function compare(
  { agentId, a, b }: Pair,
  known: KnownRequests,
  inDetail: boolean,
): DivergentCall | undefined {
  if (a === undefined || b === undefined) {
    return {
      kind: a === undefined ? 'added' : 'removed',
      agentId,
      ...(a !== undefined && { a: diffCall(a) }),
      ...(b !== undefined && { b: diffCall(b) }),
      differences: [],
    };
  }
  const differences = compareCalls(a, b, known);
  if (differences.length === 0) return undefined;
  const hasReplies = differences.some(({ field }) => field === 'reply');
  return {
    kind: 'changed',
    agentId,
    a: diffCall(a),
    b: diffCall(b),
    differences,
    ...(inDetail && hasReplies && { reply: wordDiff(replyText(a), replyText(b)) }),
  };
}

function replyText({ call }: SentCall): string {
  const reply = replyOf(call);
  if (typeof reply !== 'object' || reply === null || Array.isArray(reply)) return contentText(reply);
  return typeof reply.content === 'string' && reply.tool_calls === undefined
    ? reply.content
    : contentText(reply);
}

function diffCall({ call, ordinal }: SentCall & { ordinal: number }): DiffCall {
  return { callId: call.id, ordinal, status: call.status, startedAt: call.started_at };
}

function systemPromptDiffs(a: RunTree, b: RunTree, count: number): SystemPromptDiff[] {
  const [before, after] = [systemPrompts(a), systemPrompts(b)];
  const changed: SystemPromptDiff[] = [];
  for (const [agentId, prompt] of before) {
    const other = after.get(agentId);
    if (other === undefined || other === prompt) continue;
    changed.push({ agentId, words: wordDiff(prompt, other) });
    if (changed.length >= count) break;
  }
  return changed;
}

function comparedMeasures(a: RunTree, b: RunTree): Pick<RunDiff, 'total' | 'agents' | 'models'> {
  const agents = compareGroups(a, b, (agent) => JSON.stringify(agent.id));
  const models = compareGroups(a, b, (_, { pre }) => JSON.stringify([pre.provider, pre.model]));
  const all = ({ agents }: RunTree) => measure(agents.flatMap(({ calls }) => calls));
  return {
    total: { a: all(a), b: all(b) },
    agents: agents.map(([key, compared]) => ({ agentId: JSON.parse(key), ...compared })),
    models: models.map(([key, compared]) => {
      const [provider, model] = JSON.parse(key);
      return { provider, model, ...compared };
    }),
  };
}

function compareGroups(
  a: RunTree,
  b: RunTree,
  keyOf: (agent: AgentNode, call: CallNode) => string,
): [string, Compared][] {
  const [inA, inB] = [grouped(a, keyOf), grouped(b, keyOf)];
  return [...new Set([...inA.keys(), ...inB.keys()])].sort().map((key) => {
    const [ofA, ofB] = [inA.get(key), inB.get(key)];
    return [key, { ...(ofA && { a: measure(ofA) }), ...(ofB && { b: measure(ofB) }) }];
  });
}

function grouped({ agents }: RunTree, keyOf: (agent: AgentNode, call: CallNode) => string) {
  const groups = new Map<string, CallNode[]>();
  for (const agent of agents) {
    for (const call of agent.calls) {
      const key = keyOf(agent, call);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [call]);
      else group.push(call);
    }
  }
  return groups;
}
