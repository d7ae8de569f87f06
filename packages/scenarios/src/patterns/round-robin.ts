import { checkMembers } from './check-members.ts';
import { definePattern, type Member, type Pattern } from './pattern.ts';
import { Talk } from './talk/talk.ts';
import { checkTalk, type TalkOptions } from './talk/talk-options.ts';

export interface RoundRobinOptions extends TalkOptions {
  /** Who talks, in this order. The same one may be in it more than once. */
  agents: readonly Member[];
}

/**
 * All speak in turn, again and again, each with the whole conversation before its eyes. The last answer is the result.
 *
 * @throws {InvalidScenarioError} without agents, when two have one id, or for options that make no sense
 */
export function roundRobin({ agents, ...options }: RoundRobinOptions): Pattern {
  const members = checkMembers('roundRobin', agents, { twice: true });
  const limits = checkTalk(options);
  return definePattern('round_robin', members, async (task, scene) => {
    const talk = await Talk.begin(scene, task, members, limits);
    for (;;)
      for (const [i, member] of members.entries()) {
        await talk.speak(member, { to: members[(i + 1) % members.length] });
        if (talk.isOver) return talk.result();
      }
  });
}
