import type { StandardSchema } from '@pd/llm-client';
import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';
import { InvalidStateError } from '../errors/invalid-state-error.ts';
import { checkGraph } from '../plan/check-graph.ts';
import type { Answer, Scene } from '../scenario/scene.ts';
import { throwIfEnded } from './ends-scenario.ts';
import { type GraphEdge, isConditional, Ways } from './graph-edge.ts';
import { type GraphNode, memberOf, passThrough } from './graph-node.ts';
import { inWords } from './in-words.ts';
import { checkLimit, checkMember } from './member-checks.ts';
import { agentsOf, definePattern, type Pattern, type PatternResult, type Task } from './pattern.ts';
import { runJobs } from './run-jobs.ts';
import { isEnd, toEnd } from './work-on.ts';

export interface GraphOptions<State extends object> {
  nodes: Readonly<Record<string, GraphNode<State>>>;
  edges: readonly GraphEdge<State>[];
  /** Where it begins. */
  start: string;
  /** What the state is at first. Default: `{}`. */
  state?: State | ((task: Task) => State) | undefined;
  /** What the state has to be like, at first and after every step; of zod, or another that validates synchronously. */
  schema?: StandardSchema<unknown, State> | undefined;
  /** What comes of it. Default: what was said last, by each branch that ended. */
  result?: ((state: State) => string) | undefined;
  /** How often it goes on; all nodes that are reached at the same time are one step. Default: 100. */
  maxSteps?: number | undefined;
  /** How many nodes work at the same time. Default: all that are reached. */
  concurrency?: number | undefined;
}

const DEFAULT_MAX_STEPS = 100;

/**
 * Goes through a graph: from a node to all to which an edge is taken, at the same time, until no edge is. A branch ends at a
 * node from which no edge is taken. It goes step by step: nodes that are reached together work together, and what they
 * change of the state is put together in the order of the nodes, so that nothing depends on who is quick.
 *
 * It ends with `done` (the detail says where), `max_steps`, `stuck` (a join waits for a node that is not reached), or
 * `empty_answer`.
 *
 * @throws {InvalidScenarioError} for nodes that do not exist, that nothing leads to, or from which nothing leads to an end;
 *   while it is played {@link InvalidStateError}, and what nodes throw
 */
export function graph<State extends object = Record<string, unknown>>(options: GraphOptions<State>): Pattern {
  const ids = checkShape(Object(options) as GraphOptions<State>);
  const { nodes, edges, start, maxSteps = DEFAULT_MAX_STEPS } = options;
  const { concurrency = Number.POSITIVE_INFINITY } = options;
  checkLimit('maxSteps', maxSteps);
  checkLimit('concurrency', concurrency);
  const nodeOf = (id: string) => nodes[id] as GraphNode<State>;
  const members = ids.flatMap((id) => memberOf(nodeOf(id)) ?? []);

  return definePattern('graph', members, async (task, scene): Promise<PatternResult> => {
    const ways = new Ways(edges);
    const visits = new Map<string, number>();
    const ended: { at: string; said: readonly Answer[] }[] = [];
    let state = checkState(options, initial(options, task));
    let reached = new Map<string, readonly Answer[]>([[start, []]]);
    for (let step = 1; ; step++) {
      // In the order of the nodes, whoever has led to them.
      const now = ids.filter((id) => reached.has(id));
      const jobs = now.map((id) => {
        const visit = (visits.get(id) ?? 0) + 1;
        visits.set(id, visit);
        const member = memberOf(nodeOf(id));
        const context = { state, came: reached.get(id) ?? [], task, visit, scene };
        const agents = member === undefined ? [] : agentsOf([member]);
        return { agents, run: () => passThrough(nodeOf(id), context) };
      });
      const settled = await runJobs(jobs, concurrency);
      throwIfEnded(settled, scene);
      const passed = settled.map((result) => {
        if (result.status === 'rejected') throw result.reason;
        return result.value;
      });
      for (const { change } of passed) state = checkState(options, { ...state, ...change });
      const next = new Map<string, readonly Answer[]>();
      for (const [i, { said, worked }] of passed.entries()) {
        const at = now[i] as string;
        const member = memberOf(nodeOf(at));
        if (worked !== undefined && member !== undefined && isEnd(worked)) return toEnd(worked, member);
        const on = scene.verdict === undefined ? ways.from(at, said, state) : undefined;
        if (on === undefined) ended.push({ at, said });
        for (const { to, said: brought } of on ?? []) next.set(to, [...(next.get(to) ?? []), ...brought]);
      }
      const last = next.size === 0 ? ended : now.map((at, i) => ({ at, said: passed[i]?.said ?? [] }));
      if (next.size > 0 && step < maxSteps) {
        reached = next;
        continue;
      }
      const where = `${[...new Set(last.map(({ at }) => at))].join(', ')} after ${step} steps`;
      const said = last.flatMap((branch) => branch.said);
      const result = resultOf(scene, task, said, options.result?.(state));
      if (next.size > 0) return { ...result, reason: 'max_steps', detail: `stopped at ${where}` };
      if (ways.waiting.length > 0) return { ...result, reason: 'stuck', detail: ways.waiting.join('; ') };
      return { ...result, detail: `ended at ${where}` };
    }
  });
}

/** What was said last; where that are several, whoever gave the task is told each. */
function resultOf(
  scene: Scene,
  task: Task,
  said: readonly Answer[],
  content: string | undefined,
): PatternResult {
  const [only] = said;
  if (only !== undefined && said.length === 1) return content === undefined ? only : { ...only, content };
  for (const answer of said) if (answer.from !== task.from) scene.tell(task.from, answer);
  return { content: content ?? inWords(said) };
}

function initial<State extends object>({ state }: GraphOptions<State>, task: Task): State {
  return typeof state === 'function' ? state(task) : { ...(state as State) };
}

function checkState<State extends object>({ schema }: GraphOptions<State>, state: State): State {
  const checked = schema?.['~standard'].validate(state);
  if (checked instanceof Promise)
    throw new InvalidScenarioError('the schema of a graph has to validate synchronously');
  if (checked?.issues !== undefined) throw new InvalidStateError(checked.issues);
  return checked === undefined ? state : checked.value;
}

/** @returns the ids of the nodes */
function checkShape<State extends object>({ nodes, edges, start }: GraphOptions<State>): string[] {
  if (typeof nodes !== 'object' || nodes === null || !Array.isArray(edges))
    throw new InvalidScenarioError('a graph needs nodes, by their ids, and edges, a list');
  const ids = Object.keys(nodes);
  for (const id of ids)
    if (typeof nodes[id] !== 'function') checkMember(memberOf(Object(nodes[id])), `the node ${id}`);
  for (const { when, maxTimes = Number.POSITIVE_INFINITY } of edges) {
    checkLimit('maxTimes', maxTimes);
    if (when !== undefined && typeof when !== 'function')
      throw new InvalidScenarioError('when of an edge has to be a function');
  }
  const each = edges.flatMap(({ from, to }) => [from].flat().map((source) => ({ from: source, to })));
  const left = new Set(edges.filter((edge) => !isConditional(edge)).map(({ from }) => from));
  checkGraph({ nodes: ids, edges: each, start, ends: ids.filter((id) => !left.has(id)) });
  return ids;
}
