import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';
import { isPattern, type Member } from './pattern.ts';

/** What a member is called among the others: the id of an agent, the name of a pattern. */
export function nameOf(member: Member): string {
  return isPattern(member) ? member.name : member.id;
}

/**
 * Those who take part, as a list of its own.
 *
 * @param options `twice`: whether the same one may be in it more than once. Default: no
 * @throws {InvalidScenarioError} without a member, for what is none, and for two of one name
 */
export function checkMembers(
  pattern: string,
  members: readonly Member[],
  { twice = false } = {},
): readonly Member[] {
  if (!Array.isArray(members) || members.length === 0)
    throw new InvalidScenarioError(`${pattern} needs agents: give at least one`);
  const known = new Map<string, Member>();
  for (const member of members as readonly Member[]) {
    if (!isMember(member))
      throw new InvalidScenarioError(`${pattern} was given ${String(member)}: give agents or patterns`);
    const name = nameOf(member);
    const other = known.get(name);
    if (other !== undefined && other !== member)
      throw new InvalidScenarioError(
        `two members of ${pattern} are called ${JSON.stringify(name)}: give each agent its own id; a pattern can be renamed, as in { ...pattern, name: 'second' }`,
      );
    if (other !== undefined && !twice)
      throw new InvalidScenarioError(`${name} is in ${pattern} twice: name it once`);
    known.set(name, member);
  }
  return [...members];
}

function isMember(value: unknown): value is Member {
  const { respond, play, id, name } = Object(value) as Record<string, unknown>;
  return (
    (typeof respond === 'function' && typeof id === 'string' && id !== '') ||
    (typeof play === 'function' && typeof name === 'string' && name !== '')
  );
}
