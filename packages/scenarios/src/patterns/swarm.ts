import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';
import { checkCount } from '../stop/check-limit.ts';
import { checkMembers, nameOf } from './check-members.ts';
import { definePattern, type Member, type Pattern } from './pattern.ts';
import { readHandoff } from './read-handoff.ts';
import { Talk } from './talk/talk.ts';
import { checkTalk, type TalkOptions } from './talk/talk-options.ts';

export interface SwarmOptions extends Omit<TalkOptions, 'maxTurns'> {
  /** Who can be handed over to. */
  agents: readonly Member[];
  /** Id of who begins. Default: the first. */
  first?: string | undefined;
  /** How often they may hand over. Default: 10. */
  maxHandoffs?: number | undefined;
}

const DEFAULT_HANDOFFS = 10;

/**
 * Agents decide themselves who goes on: by a tool (`handoffTo()` of `@pd/agents`), or by `HANDOFF id: note` as the last line of
 * an answer. Each hand-over is a message with the note, and a turn of the next agent, which has the whole conversation before its
 * eyes, whatever the tool's `history` says. The answer that hands over to nobody is the result.
 *
 * @throws {InvalidScenarioError} without agents, when two have one id, or for options that make no sense
 */
export function swarm({ agents, first, maxHandoffs = DEFAULT_HANDOFFS, stop }: SwarmOptions): Pattern {
  const members = checkMembers('swarm', agents);
  const byName = new Map(members.map((member) => [nameOf(member), member]));
  const [beginning] = first === undefined ? members : [byName.get(first)];
  if (beginning === undefined)
    throw new InvalidScenarioError(
      `${JSON.stringify(first)} is to begin and is not in the swarm: there are ${[...byName.keys()].join(', ')}`,
    );
  checkCount('maxHandoffs', maxHandoffs);
  const limits = { stop: checkTalk({ stop }).stop };
  return definePattern('swarm', members, async (task, scene) => {
    const talk = await Talk.begin(scene, task, members, limits);
    let member: Member = beginning;
    for (;;) {
      const answer = await talk.ask(member, { handoffs: 'return' });
      const handoff = readHandoff(answer, [...byName.keys()]);
      await talk.take(member, answer, handoff);
      if (handoff === undefined || talk.isOver) return talk.result();
      const next = byName.get(handoff.to);
      if (next === undefined)
        talk.end({
          reason: 'handoff',
          detail: `${answer.from} has handed over to ${handoff.to}, who is not in the swarm`,
        });
      else if (talk.turns > maxHandoffs)
        talk.end({
          reason: 'max_handoffs',
          detail: `${maxHandoffs} hand-overs, and ${answer.from} hands over to ${handoff.to}`,
        });
      else {
        member = next;
        continue;
      }
      return talk.result();
    }
  });
}
