import type { Agent } from '@pd/agents';
import type { Scene } from '../scenario/scene.ts';
import { isAgentMember } from './member-checks.ts';
import type { Member, PatternResult, Task } from './pattern.ts';
import { type Judgement, readVerdict } from './read-verdict.ts';
import { type Worked, workOn } from './work-on.ts';

/**
 * Decides whether work may go on. An agent answers with a verdict, as `CriticAgent` does. A function returns `true`, or what
 * is missing; what it looks up elsewhere belongs into a `scene.step()`.
 */
export type Gate =
  | Agent
  | ((work: PatternResult, task: Task, scene: Scene) => boolean | string | Promise<boolean | string>);

/** What came of a gate: the judgement, and who has made it. */
interface Judged extends Judgement {
  from: string;
  callId?: string | undefined;
}

/**
 * Has a member work until the gate lets its work pass, or there were too many revisions.
 *
 * @param task what it is for; `said` is what the member is told
 * @returns the last work; with the reason `rejected` when it has not passed
 */
export async function workThroughGate(
  scene: Scene,
  { member, gate, maxRevisions }: { member: Member; gate: Gate; maxRevisions: number },
  said: Task,
  task: Task,
): Promise<Worked> {
  let work = await workOn(scene, member, said);
  for (let revisions = 0; ; revisions++) {
    if (work.content.trim() === '' || scene.verdict !== undefined) return work;
    const { passed, feedback, from, callId } = await judge(scene, gate, work, said, task);
    if (passed || scene.verdict !== undefined) return work;
    if (revisions === maxRevisions) {
      const detail = `${from} did not let it pass after ${revisions} revisions: ${feedback}`;
      return { ...work, reason: 'rejected', detail };
    }
    const content = `Your task was:\n${said.content}\n\nYour work:\n${work.content}\n\nIt was sent back:\n${feedback}`;
    work = await workOn(scene, member, { content, from, callId });
  }
}

async function judge(scene: Scene, gate: Gate, work: Worked, said: Task, task: Task): Promise<Judged> {
  if (isAgentMember(gate)) {
    const content = `Goal: ${task.content}\n\nWork:\n${work.content}`;
    const answer = await workOn(scene, gate, { content, from: work.from, callId: work.callId });
    return { ...readVerdict(answer), from: answer.from, callId: answer.callId };
  }
  const passed = await gate(work, task, scene);
  const feedback = typeof passed === 'string' ? passed : 'it is not good enough';
  return { passed: passed === true, feedback, from: said.from, callId: said.callId };
}
