import type { Agent } from '@pd/agents';
import { checkMembers, nameOf } from './check-members.ts';
import { type ChoiceRules, type ChooseNext, chooserOf, toNext } from './choice/to-next.ts';
import { definePattern, type Member, type Pattern } from './pattern.ts';
import { Talk } from './talk/talk.ts';
import { checkTalk, type TalkOptions } from './talk/talk-options.ts';

export interface GroupChatOptions extends TalkOptions, ChoiceRules {
  /** Who talks. */
  agents: readonly Member[];
  /**
   * Who is next: all in turn (the default), somebody at random by the scenario's seed, or whom an agent or a function chooses
   * (see `selector`).
   */
  next?: 'round_robin' | 'random' | Agent | ChooseNext | undefined;
}

/**
 * Everybody hears everything: what is said is a message to each of the others, handled when it was heard, and whoever is next is
 * shown the whole conversation. Agents need no memory of their own. The last answer is the result.
 *
 * @throws {InvalidScenarioError} without agents, when two have one id, or for options that make no sense
 */
export function groupChat({ agents, next = 'round_robin', ...options }: GroupChatOptions): Pattern {
  const members = checkMembers('groupChat', agents);
  const limits = checkTalk(options);
  const choose = toNext('group_chat', members, next, options);
  return definePattern('group_chat', [...members, ...chooserOf(next)], async (task, scene) => {
    const talk = await Talk.begin(scene, task, members, limits);
    while (!talk.isOver) {
      const speaker = await choose(talk, scene);
      if (speaker === undefined || talk.isOver) break;
      talk.tellAll(members, speaker);
      await talk.speak(speaker);
    }
    // Whoever has given the task hears the last word as the result.
    talk.tellAll(
      members,
      members.find((member) => nameOf(member) === task.from),
    );
    return talk.result();
  });
}
