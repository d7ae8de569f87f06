import { InvalidScenarioError } from '../../errors/invalid-scenario-error.ts';
import type { Line } from '../pattern.ts';

/** What a choice is made from. */
export interface ChoiceContext {
  /** What has been said, beginning with the task. Not to be changed. */
  lines: readonly Line[];
  /** Who has spoken last, of those who may be chosen. */
  last: string | undefined;
  /** Who may be next. */
  candidates: readonly string[];
  /** Turns that are finished. */
  turns: number;
}

/** Who may be next. Agents are named by their ids, patterns by their names. */
export interface ChoiceRules {
  /** Whether one may speak twice in a row. Default: no. */
  allowRepeat?: boolean | undefined;
  /**
   * Who may follow whom: `{ writer: ['critic'], critic: ['writer', 'editor'] }`. After those who are not in it, anybody. One that
   * may follow itself may speak twice in a row. With nobody after it (`editor: []`) the talk is done.
   */
  transitions?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Who of `candidates` may be next this time; has to decide alike when the scenario is resumed. Default: all of them. */
  candidates?: ((context: ChoiceContext) => readonly string[]) | undefined;
}

/** @throws {InvalidScenarioError} for rules that name somebody who is not there */
export function checkRules(rules: ChoiceRules, names: readonly string[]): void {
  const { transitions = {}, candidates } = rules;
  for (const [from, to] of Object.entries(transitions)) {
    if (!Array.isArray(to))
      throw new InvalidScenarioError(`transitions: what may follow ${from} has to be a list of ids`);
    for (const name of [from, ...to])
      if (!names.includes(name))
        throw new InvalidScenarioError(
          `transitions name ${JSON.stringify(name)}, who is not there: there are ${names.join(', ')}`,
        );
  }
  if (candidates !== undefined && typeof candidates !== 'function')
    throw new InvalidScenarioError('candidates has to be a function that gives ids');
}

/**
 * Who may be next, in the order of `names`.
 *
 * @throws {InvalidScenarioError} when the user's own function gives no list
 */
export function candidatesFor(
  { allowRepeat = false, transitions = {}, candidates: choose }: ChoiceRules,
  names: readonly string[],
  context: Omit<ChoiceContext, 'candidates'>,
): readonly string[] {
  const { last } = context;
  const following = last === undefined || !Object.hasOwn(transitions, last) ? undefined : transitions[last];
  const candidates =
    following === undefined
      ? names.filter((name) => allowRepeat || name !== last)
      : names.filter((name) => following.includes(name));
  if (choose === undefined) return candidates;
  const chosen: unknown = choose({ ...context, candidates });
  if (!Array.isArray(chosen))
    throw new InvalidScenarioError('candidates() has to give a list of ids, at once');
  return candidates.filter((name) => chosen.includes(name));
}

/** The one after `last` in order, of those who may be next. */
export function nextInOrder(
  names: readonly string[],
  candidates: readonly string[],
  last: string | undefined,
): string | undefined {
  const start = last === undefined ? 0 : names.indexOf(last) + 1;
  return [...names.slice(start), ...names.slice(0, start)].find((name) => candidates.includes(name));
}
