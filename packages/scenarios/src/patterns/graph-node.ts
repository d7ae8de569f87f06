import type { Answer, Scene } from '../scenario/scene.ts';
import { inWords } from './in-words.ts';
import { isAgentMember } from './member-checks.ts';
import { isPattern, type Member, type Task } from './pattern.ts';
import { type Worked, workOn } from './work-on.ts';

/** What a node of a graph knows. */
export interface NodeContext<State> {
  /** As it was when the step began; what nodes of the same step change is seen by those after them. */
  state: State;
  /** What was said on the way here, in the order of the edges. Empty where it begins. */
  came: readonly Answer[];
  task: Task;
  /** How often this node has been reached, this time included. */
  visit: number;
  scene: Scene;
}

/** A member of a graph that is told something made of the state, or whose answer changes it. */
export interface MemberNode<State> {
  member: Member;
  /** What it is told. Default: what was said on the way here, else the task. */
  say?: ((context: NodeContext<State>) => string) | undefined;
  /** What its answer changes. */
  keep?: ((answer: Answer, state: State) => Partial<State>) | undefined;
}

/**
 * A node of a graph: a member, or a function that gives what is to change of the state. What was said on the way to a
 * function goes on from it. What a function looks up elsewhere belongs into a `scene.step()`.
 */
export type GraphNode<State> =
  | Member
  | MemberNode<State>
  | ((context: NodeContext<State>) => Partial<State> | undefined | Promise<Partial<State> | undefined>);

/** What came of a node: what is said from here on, and what changes. */
export interface Passed<State> {
  said: readonly Answer[];
  change: Partial<State> | undefined;
  /** Of a member. */
  worked?: Worked;
}

/** The member of a node, if it has one. */
export function memberOf<State>(node: GraphNode<State>): Member | undefined {
  if (typeof node === 'function') return undefined;
  if (isAgentMember(node) || isPattern(node as Member)) return node as Member;
  return (node as MemberNode<State>).member;
}

/** Has a node do its part. */
export async function passThrough<State>(
  node: GraphNode<State>,
  context: NodeContext<State>,
): Promise<Passed<State>> {
  if (typeof node === 'function') return { said: context.came, change: await node(context) };
  const member = memberOf(node) as Member;
  const { say, keep } = node as Partial<MemberNode<State>>;
  const worked = await workOn(context.scene, member, toTask(member, say, context));
  const answer: Answer = { ...worked, reply: worked.reply ?? { content: worked.content } };
  return { said: [answer], change: keep?.(answer, context.state), worked };
}

/** What a member is told: by whoever has said the one thing that came, else by whoever gave the task. */
function toTask<State>(member: Member, say: MemberNode<State>['say'], context: NodeContext<State>): Task {
  const { came, task, scene } = context;
  const [first] = came;
  const id = isPattern(member) ? undefined : member.id;
  const only = came.length === 1 && first?.from !== id ? first : undefined;
  // What is put together is said by whoever gave the task; what it is made of is on record as well.
  if (came.length > 1 && id !== undefined)
    for (const answer of came) if (answer.from !== id) scene.tell(id, answer);
  const content = say?.(context) ?? (came.length > 1 ? inWords(came) : (first?.content ?? task.content));
  const { from, callId } = only ?? task;
  return { content, from, callId };
}
