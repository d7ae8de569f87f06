import type { Agent } from '@pd/agents';
import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';
import { Member } from './member.ts';
import type { JoinOptions, Participant } from './participant.ts';

/** Who takes part, and who listens to what. */
export class Directory {
  readonly #members = new Map<string, Member>();
  readonly #topics = new Map<string, Set<string>>();

  /** Returns `undefined` when this very one is there already. @throws {InvalidScenarioError} when the id is taken */
  add(joining: Agent | Participant, options: JoinOptions): Member | undefined {
    const known = this.#members.get(joining?.id);
    if (known !== undefined && known.who === joining) return undefined;
    if (known !== undefined)
      throw new InvalidScenarioError(
        `two participants have the id ${JSON.stringify(joining.id)}: give each its own, so that their calls can be told apart`,
      );
    const member = new Member(joining, options);
    this.#members.set(joining.id, member);
    return member;
  }

  remove(id: string): Member | undefined {
    const member = this.#members.get(id);
    this.#members.delete(id);
    for (const ids of this.#topics.values()) ids.delete(id);
    return member;
  }

  get(id: string): Member | undefined {
    return this.#members.get(id);
  }

  all(): Iterable<Member> {
    return this.#members.values();
  }

  /** Whoever gets the messages for that id: another one, when it was replaced. */
  inPlaceOf(id: string): Member | undefined {
    const member = this.#members.get(id);
    return member?.replacedBy === undefined ? member : (this.inPlaceOf(member.replacedBy) ?? member);
  }

  /** Ids of all but one. */
  others(id: string): string[] {
    return [...this.#members.keys()].filter((each) => each !== id);
  }

  /** @throws {InvalidScenarioError} when nobody has that id */
  subscribe(id: string, topic: string): void {
    if (!this.#members.has(id))
      throw new InvalidScenarioError(
        `${JSON.stringify(id)} cannot listen to ${topic}: nobody who takes part has that id`,
      );
    const ids = this.#topics.get(topic) ?? new Set();
    this.#topics.set(topic, ids.add(id));
  }

  /** Ids of those who listen to a topic. */
  listeners(topic: string): string[] {
    return [...(this.#topics.get(topic) ?? [])];
  }

  /** Of those with a role, but not of that id, the one with the least to do. */
  leastBusy(role: string, butNot: string): Member | undefined {
    let least: Member | undefined;
    for (const member of this.#members.values()) {
      if (member.who.role !== role || member.id === butNot || member.replacedBy !== undefined) continue;
      if (least === undefined || member.load < least.load) least = member;
    }
    return least;
  }
}
