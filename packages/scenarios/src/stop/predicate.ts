import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';
import type { Moment } from './moment.ts';
import { fromMoments, type StopCondition } from './stop-condition.ts';
import { toVerdict } from './stop-verdict.ts';

/**
 * True when the function says so: `true`, or a text that says why. What it throws passes through.
 *
 * @throws {InvalidScenarioError} for what is no function; when asked, for an answer that is neither a boolean nor a text
 *   (a promise above all: it would always count as true)
 */
export function predicate(decide: (moment: Moment) => boolean | string | undefined): StopCondition {
  if (typeof decide !== 'function')
    throw new InvalidScenarioError(
      'predicate was not given a function: give one from a moment to true or false',
    );
  return fromMoments((moment) => {
    const answer: unknown = decide(moment);
    if (answer === false || answer === undefined || answer === '') return undefined;
    if (answer === true) return toVerdict('predicate', 'the predicate is true');
    if (typeof answer === 'string') return toVerdict('predicate', answer);
    throw new InvalidScenarioError(
      `a predicate has answered with ${answer instanceof Promise ? 'a promise' : typeof answer}: answer true, false or a text, at once`,
    );
  });
}
