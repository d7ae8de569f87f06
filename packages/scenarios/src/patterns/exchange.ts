import type { Agent } from '@pd/agents';
import { checkParticipants, checkTurns } from '../errors/invalid-scenario-error.ts';
import type { PlayOptions } from '../scenario/play-options.ts';
import type { ScenarioRun } from '../scenario/scenario-event.ts';
import type { ScenarioOutcome } from '../scenario/scenario-outcome.ts';
import { runPattern, streamPattern } from '../scenario/stream-pattern.ts';
import { definePattern, type Pattern, type PatternResult } from './pattern.ts';

/** Who talks, and how long. */
export interface ExchangePatternOptions {
  /** The two who talk; the first one answers the task. */
  agents: readonly [Agent, Agent];
  /** Answers in all. Default: 6. */
  maxTurns?: number | undefined;
}

/**
 * Two agents talk: each answers what the other has said, in turn, until the limit. The last answer is the result.
 *
 * @throws {InvalidScenarioError} when both have one id, or the limit is no positive whole number
 */
export function exchange({ agents, maxTurns = 6 }: ExchangePatternOptions): Pattern {
  checkParticipants(agents.map(({ id }) => id));
  checkTurns(maxTurns);
  return definePattern('exchange', agents, async (task, scene): Promise<PatternResult> => {
    checkParticipants([task.from, agents[0].id]);
    let [speaker, listener] = agents;
    let answer = await scene.ask(speaker, { ...task, answerFor: listener.id });
    for (let turns = 1; turns < maxTurns && scene.verdict === undefined; turns++) {
      [speaker, listener] = [listener, speaker];
      answer = await scene.ask(speaker, { ...answer, answerFor: listener.id });
    }
    return { ...answer, reason: 'max_turns' };
  });
}

export interface ExchangeOptions extends PlayOptions, ExchangePatternOptions {
  /** What is said first. */
  opening: string;
  /** Id of whoever says it. Default: `user`. */
  openedBy?: string | undefined;
}

/**
 * Two agents talk: {@link exchange}, played.
 *
 * @throws {InvalidScenarioError} when two of them have one id, or the limit is no positive whole number
 * @throws whatever an agent throws; the signal's reason after an abort
 */
export async function* streamExchange(options: ExchangeOptions): ScenarioRun {
  const { opening, openedBy = 'user', agents, maxTurns, ...play } = options;
  return yield* streamPattern(exchange({ agents, maxTurns }), { content: opening, from: openedBy }, play);
}

/** As {@link streamExchange}, for the outcome alone. */
export async function runExchange(options: ExchangeOptions): Promise<ScenarioOutcome> {
  const { opening, openedBy = 'user', agents, maxTurns, ...play } = options;
  return runPattern(exchange({ agents, maxTurns }), { content: opening, from: openedBy }, play);
}
