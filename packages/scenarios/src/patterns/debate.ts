import type { Agent } from '@pd/agents';
import { checkCount } from '../stop/check-limit.ts';
import type { StopCondition } from '../stop/stop-condition.ts';
import { checkMembers } from './check-members.ts';
import { isAgreed } from './is-agreed.ts';
import { definePattern, type Member, type Pattern } from './pattern.ts';
import { Talk } from './talk/talk.ts';
import { checkTalk } from './talk/talk-options.ts';

export interface DebateOptions {
  /** Who debates, in this order. */
  debaters: readonly Member[];
  /** Who decides: any agent, such as a `CriticAgent`. It hears everything, and is none of the debaters. */
  judge: Agent;
  /** How often each of them speaks. Default: 2. */
  rounds?: number | undefined;
  /** Whether all of a round speak at once, none hearing the others of the same round. Default: one after the other. */
  parallel?: boolean | undefined;
  /** Whether the judge is asked after each round if they agree; if so, that is the end. Default: no. */
  endsEarly?: boolean | undefined;
  /** Ends it without a verdict, asked after every turn (after a whole round, when they speak at once). Default: never. */
  stop?: StopCondition | undefined;
}

const DEFAULT_ROUNDS = 2;

const DECIDE = 'The debate is over. Decide, and give the reason: who is right, and what follows from it?';
const AGREE =
  'Do they agree by now? If so, begin your answer with AGREED, and say on what and why. If not, answer with NOT AGREED.';

/**
 * All debaters speak in rounds, each with what the others have said before its eyes; then the judge decides, and its words are
 * the result.
 *
 * @throws {InvalidScenarioError} without debaters or a judge, when two have one id, or for options that make no sense
 */
export function debate(options: DebateOptions): Pattern {
  const { judge, rounds = DEFAULT_ROUNDS, parallel = false, endsEarly = false } = options;
  const debaters = checkMembers('debate', options.debaters);
  const members = checkMembers('debate', [...debaters, judge]);
  checkCount('rounds', rounds);
  const { stop } = checkTalk(options);
  return definePattern('debate', members, async (task, scene) => {
    const talk = await Talk.begin(scene, task, members, { stop });
    for (let round = 1; round <= rounds; round++) {
      if (parallel) await talk.speakAtOnce(debaters);
      else for (const debater of debaters) if (!talk.isOver) await talk.speak(debater);
      if (talk.isOver) return talk.result();
      if (round < rounds && !endsEarly) continue;
      const answer = await talk.ask(judge, { prompt: round < rounds ? AGREE : DECIDE });
      if (round < rounds && !isAgreed(answer.content)) {
        talk.spend(judge, answer);
        continue;
      }
      await talk.take(judge, answer);
      if (round < rounds)
        talk.end({ reason: 'done', detail: `they agreed after round ${round} of ${rounds}` });
      break;
    }
    return talk.result();
  });
}
