import type { Agent } from '@pd/agents';
import { InvalidScenarioError } from '../../errors/invalid-scenario-error.ts';
import type { Scene } from '../../scenario/scene.ts';
import { nameOf } from '../check-members.ts';
import { isPattern, type Member } from '../pattern.ts';
import { MODERATOR } from '../talk/moderator.ts';
import type { Talk } from '../talk/talk.ts';
import {
  type ChoiceContext,
  type ChoiceRules,
  candidatesFor,
  checkRules,
  nextInOrder,
} from './choice-rules.ts';
import { readChoice } from './read-choice.ts';
import { asChooser } from './router-as-chooser.ts';

export type { ChoiceRules } from './choice-rules.ts';

/**
 * Says who is next; `undefined` ends the talk. What it says is a step: it is on record, and not asked again when the scenario
 * is resumed.
 */
export type ChooseNext = (context: ChoiceContext) => string | undefined | Promise<string | undefined>;

/** Who chooses, or how it is chosen. */
type Next = 'round_robin' | 'random' | Agent | ChooseNext;

/** A choice, as it was made. */
interface Choice {
  /** Who is to be next; may be anything that a model or a user's function has said. */
  name: string | undefined;
  /** The words of an agent that has chosen, and the call that produced them: the edge to whoever is chosen. */
  said?: { from: string; content: string; callId?: string | undefined } | undefined;
}

/** The agent that chooses, where it is one. */
export function chooserOf(next: Next): readonly Agent[] {
  return typeof next === 'object' ? [asChooser(next)] : [];
}

/**
 * A function that gives the next speaker of a talk, or `undefined` when it is done.
 *
 * @throws {InvalidScenarioError} for a way to choose that is none, and for rules that make no sense
 */
export function toNext(
  pattern: string,
  members: readonly Member[],
  next: Next,
  rules: ChoiceRules,
): (talk: Talk, scene: Scene) => Promise<Member | undefined> {
  const names = members.map(nameOf);
  checkRules(rules, names);
  // Of two that are played at once, each has its own row of steps and random numbers.
  const who = names.length > 3 ? `${names.slice(0, 3).join(', ')}, …` : names.join(', ');
  const choose = toChoose(pattern, `${pattern}.next(${who})`, members, next);
  return async (talk, scene) => {
    const last = talk.lastMember === undefined ? undefined : nameOf(talk.lastMember);
    const about = { lines: talk.lines, last, turns: talk.turns };
    const candidates = candidatesFor(rules, names, about);
    const inOrder = nextInOrder(names, candidates, last);
    if (inOrder === undefined) {
      talk.end({ reason: 'done', detail: `nobody may speak${last === undefined ? '' : ` after ${last}`}` });
      return undefined;
    }
    // With one there is nothing to choose, and nothing to pay; a function of the user's may want to end it.
    if (candidates.length === 1 && typeof next !== 'function') return find(members, inOrder);
    const { name, said } = await choose(talk, scene, { ...about, candidates }, inOrder);
    if (name === undefined && said === undefined) return undefined;
    const isAllowed = name !== undefined && candidates.includes(name);
    const chosen = find(members, isAllowed ? name : inOrder);
    if (chosen !== undefined && !isPattern(chosen) && (said !== undefined || !isAllowed)) {
      const notice = isAllowed ? '' : fallenBack(name, names, last, inOrder);
      if (said === undefined) scene.coordinator.join(MODERATOR);
      const { content, ...edge } = said ?? { from: MODERATOR.id, content: '' };
      scene.tell(chosen.id, { ...edge, content: [content, notice].filter((text) => text !== '').join('\n') });
    }
    return chosen;
  };
}

type Choose = (talk: Talk, scene: Scene, context: ChoiceContext, inOrder: string) => Promise<Choice>;

function toChoose(pattern: string, stepName: string, members: readonly Member[], next: Next): Choose {
  if (next === 'round_robin') return async (_talk, _scene, _context, name) => ({ name });
  if (next === 'random')
    return async (_talk, scene, { candidates }) => ({
      name: candidates[Math.floor(scene.random(stepName)() * candidates.length)],
    });
  if (typeof next === 'function')
    return async (_talk, scene, context) => {
      const name = await scene.step(stepName, async () => {
        const chosen: unknown = await next(context);
        return chosen === undefined || chosen === null ? null : String(chosen);
      });
      return { name: name ?? undefined };
    };
  if (typeof Object(next).respond !== 'function')
    throw new InvalidScenarioError(
      `${pattern} cannot choose by ${JSON.stringify(next) ?? String(next)}: give an agent or a function`,
    );
  const chooser = asChooser(next);
  if (members.some((member) => nameOf(member) === chooser.id))
    throw new InvalidScenarioError(
      `${chooser.id} chooses in ${pattern}, and cannot be one of those who are chosen`,
    );
  return (talk, _scene, { candidates }) => asked(chooser, talk, members, candidates);
}

/** The choice of an agent: it has heard everything, and is shown who may be next before what was said last. */
async function asked(
  chooser: Agent,
  talk: Talk,
  members: readonly Member[],
  candidates: readonly string[],
): Promise<Choice> {
  const there = candidates.map((name) => {
    const member = find(members, name);
    return member === undefined || isPattern(member)
      ? name
      : `${name} (${member.description ?? member.role})`;
  });
  const note = `[Choose who is to answer the next message, and answer with that name alone: ${there.join(', ')}]`;
  const answer = await talk.ask(chooser, { note: { role: 'user', content: note } });
  talk.spend(chooser, answer);
  const { content, callId } = answer;
  return { name: readChoice(content, members.map(nameOf)), said: { from: chooser.id, content, callId } };
}

/** Why the choice was not followed, for the record. */
function fallenBack(
  name: string | undefined,
  names: readonly string[],
  last: string | undefined,
  inOrder: string,
): string {
  const why =
    name === undefined
      ? 'nobody was chosen'
      : names.includes(name)
        ? `${name} may not be next${last === undefined ? '' : ` after ${last}`}`
        : `${JSON.stringify(name.slice(0, 100))} is not there`;
  return `[${why}: ${inOrder} is next in order]`;
}

function find(members: readonly Member[], name: string): Member | undefined {
  return members.find((member) => nameOf(member) === name);
}
