import type { Agent } from '@pd/agents';
import { checkMembers } from './check-members.ts';
import { type ChoiceRules, type ChooseNext, chooserOf, toNext } from './choice/to-next.ts';
import { definePattern, type Member, type Pattern } from './pattern.ts';
import { Talk } from './talk/talk.ts';
import { checkTalk, type TalkOptions } from './talk/talk-options.ts';

export interface SelectorOptions extends TalkOptions, ChoiceRules {
  /** Whom it chooses from. */
  agents: readonly Member[];
  /**
   * Who chooses: an agent, which hears the conversation and answers with an id, such as a `RouterAgent`; or a function. What
   * an agent chooses is a message to whoever is chosen; what a function chooses is a step.
   */
  chooser: Agent | ChooseNext;
}

/**
 * A chooser says who is next, within what the rules allow; each speaker has the whole conversation before its eyes. A choice that
 * is not allowed falls back to the next one in order, and the record says so. The last answer is the result.
 *
 * @throws {InvalidScenarioError} without agents or a chooser, when two have one id, or for options that make no sense
 */
export function selector({ agents, chooser, ...options }: SelectorOptions): Pattern {
  const members = checkMembers('selector', agents);
  const limits = checkTalk(options);
  const choose = toNext('selector', members, chooser, options);
  return definePattern('selector', [...members, ...chooserOf(chooser)], async (task, scene) => {
    const talk = await Talk.begin(scene, task, members, limits);
    while (!talk.isOver) {
      const speaker = await choose(talk, scene);
      if (speaker === undefined || talk.isOver) break;
      await talk.speak(speaker);
    }
    return talk.result();
  });
}
