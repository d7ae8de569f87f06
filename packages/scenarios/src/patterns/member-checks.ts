import type { Agent } from '@pd/agents';
import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';
import { isPattern, type Member } from './pattern.ts';

/** The id of an agent, the name of a pattern. */
export function nameOf(member: Member): string {
  return isPattern(member) ? member.name : member.id;
}

/** @throws {InvalidScenarioError} when there are none, or one of them is neither an agent nor a pattern */
export function checkMembers(members: readonly Member[], whose: string): void {
  if (!Array.isArray(members) || members.length === 0)
    throw new InvalidScenarioError(`${whose} has no members: give it agents or patterns`);
  for (const member of members) checkMember(member, `a member of ${whose}`);
}

/** @throws {InvalidScenarioError} when it is neither an agent nor a pattern */
export function checkMember(member: Member | undefined, what: string): void {
  const { respond, play } = Object(member) as { respond?: unknown; play?: unknown };
  if (typeof respond !== 'function' && typeof play !== 'function')
    throw new InvalidScenarioError(`${what} is neither an agent nor a pattern: ${String(member)}`);
}

/** @throws {InvalidScenarioError} when a limit is no whole number from `least` on; `Infinity` is no limit */
export function checkLimit(name: string, value: number, least = 1): void {
  if (value !== Number.POSITIVE_INFINITY && (!Number.isSafeInteger(value) || value < least))
    throw new InvalidScenarioError(`${name} is ${String(value)}: give a whole number of at least ${least}`);
}

/** Whether something given is an agent, where it may be a function as well. */
export function isAgentMember(given: unknown): given is Agent {
  return typeof (given as Partial<Agent> | null)?.respond === 'function';
}

/**
 * Members by their names.
 *
 * @throws {InvalidScenarioError} when two have one
 */
export function byName(members: readonly Member[], what: string): ReadonlyMap<string, Member> {
  const named = new Map(members.map((member) => [nameOf(member), member]));
  if (named.size < members.length)
    throw new InvalidScenarioError(
      `two of the ${what} have one name (${members.map(nameOf).join(', ')}): give each its own`,
    );
  return named;
}
