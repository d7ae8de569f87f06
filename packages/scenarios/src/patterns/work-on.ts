import type { Said, Scene } from '../scenario/scene.ts';
import { withSignal } from '../scenario/with-signal.ts';
import { nameOf } from './member-checks.ts';
import { isPattern, type Member, type PatternResult } from './pattern.ts';

/** What came of a member's work. */
export interface Worked extends PatternResult {
  /** Id of whoever the result comes from: an agent, or whoever gave the task, where it is made of several answers. */
  from: string;
}

/** Has a member work on something. Unlike `scene.ask()` it tells why a pattern ended. */
export async function workOn(scene: Scene, member: Member, said: Said): Promise<Worked> {
  if (!isPattern(member)) return scene.ask(member, said);
  const within = said.signal === undefined ? scene : withSignal(scene, said.signal);
  const result = await within.play(member, said);
  return { ...result, from: result.from ?? said.from };
}

/** Whether there is nothing to go on with: the result says why. */
export function isEnd({ content, reason }: PatternResult): boolean {
  return reason === 'waiting' || content.trim() === '';
}

/** The result where somebody had nothing to say, or waits. */
export function toEnd(worked: PatternResult, member: Member): PatternResult {
  if (worked.reason === 'waiting') return worked;
  const { stopReason } = worked.reply ?? {};
  const why = stopReason === undefined || stopReason === 'done' ? '' : ` (${stopReason})`;
  return { ...worked, reason: 'empty_answer', detail: `${nameOf(member)} has answered nothing${why}` };
}
