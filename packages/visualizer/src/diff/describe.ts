import { plural } from '../text/format.ts';
import type { CallDifference } from './compare-call.ts';
import type { DivergentCall, RunDiff } from './run-diff.ts';
import type { ChangedEdge, ChangedNode } from './topology.ts';

/** Which call it is, for a sentence: `call 2 of planner`. `name` writes the agent's id. */
export function callName({ agentId, a, b }: DivergentCall, name: (id: string) => string): string {
  const [x, y] = [a?.ordinal, b?.ordinal];
  if (x === undefined || y === undefined || x === y) return `call ${x ?? y} of ${name(agentId)}`;
  return `call ${x} of ${name(agentId)} (call ${y} in b)`;
}

/** What happened to it, for a sentence: `differs in messages[1] (user), reply`. */
export function whatDiffers({ kind, differences }: DivergentCall): string {
  if (kind === 'removed') return 'is only in a';
  if (kind === 'added') return 'is only in b';
  return `differs in ${differences.map(fieldName).join(', ')}`;
}

/** A field with the place in it that differs: `messages[1] (user)`, `parameters.temperature`. */
export function fieldName({ field, index, role, name }: CallDifference): string {
  // Roles and names come from the record; what is no plain word is not repeated here.
  const word = (text: string | undefined) =>
    text !== undefined && /^\w{1,40}$/.test(text) ? text : undefined;
  if (index !== undefined) {
    const speaker = word(role);
    return `messages[${index}]${speaker === undefined ? '' : ` (${speaker})`}`;
  }
  const parameter = word(name);
  return `${field.replaceAll('_', ' ')}${parameter === undefined ? '' : `.${parameter}`}`;
}

/** How many calls correspond and differ, as a sentence. */
export function callsSentence({ calls, messages }: RunDiff): string {
  const { same, changed, removed, added } = calls;
  const parts = [
    `${plural(same, 'call')} the same`,
    ...(changed > 0 ? [`${changed} changed`] : []),
    ...(removed > 0 ? [`${removed} only in a`] : []),
    ...(added > 0 ? [`${added} only in b`] : []),
  ];
  const said = messages.removed + messages.added;
  const other = said === 0 ? '' : `; messages: ${messages.removed} only in a, ${messages.added} only in b`;
  return `${parts.join(', ')}${other}`;
}

/** The changes of the graph, a line each: its sign and its text. `name` writes an id. */
export function topologyLines(
  { topology }: RunDiff,
  name: (id: string) => string,
): { sign: '+' | '-' | '~'; text: string }[] {
  const node = ({ kind, id }: ChangedNode) => `${kind} ${name(id)}`;
  const edge = ({ kind, from, to, a, b }: ChangedEdge) =>
    `${kind}s ${name(from)} → ${name(to)}: ${a === 0 ? b : b === 0 ? a : `${a} → ${b}`}`;
  return [
    ...topology.removedNodes.map((each) => ({ sign: '-' as const, text: node(each) })),
    ...topology.addedNodes.map((each) => ({ sign: '+' as const, text: node(each) })),
    ...topology.removedEdges.map((each) => ({ sign: '-' as const, text: edge(each) })),
    ...topology.addedEdges.map((each) => ({ sign: '+' as const, text: edge(each) })),
    ...topology.changedEdges.map((each) => ({ sign: '~' as const, text: edge(each) })),
  ];
}
