import type { Dialogue } from './dialogue.ts';
import { anything } from './lexicon/anything.ts';
import type { Domain } from './lexicon/domain.ts';
import { domains } from './lexicon/recognise.ts';
import { nounFrom, quoteFrom } from './quote.ts';
import { pick, type Random } from './random.ts';

/** What can stand in a frame's `{slot}`; `undefined` when this conversation offers nothing for it. */
export type Slots = (name: string) => string | undefined;

/**
 * Finds words for slots. What the conversation has already used comes last, and within one reply a slot always
 * means the same thing, so that `{why}` explains the `{lever}` named before.
 */
export function createSlots(dialogue: Dialogue, random: Random): Slots {
  const { domain, said, ownSaid, theirSaid, last, topic, codeName, voice } = dialogue;
  const known = new Map<string, string | undefined>();

  /** Several different entries of a list: fresh ones of this field, fresh ones for anything, then any. */
  const draw = <T>(list: (domain: Domain) => readonly T[], key: (entry: T) => string, count: number): T[] => {
    const isFresh = (entry: T) => !said.includes(key(entry).toLowerCase());
    const own = shuffle(list(domain), random);
    const spare = domain === anything ? [] : shuffle(list(anything), random);
    const ordered = [
      ...own.filter(isFresh),
      ...spare.filter(isFresh),
      ...own.filter((entry) => !isFresh(entry)),
    ];
    return ordered.slice(0, count);
  };
  const text = (list: (domain: Domain) => readonly string[]) => draw(list, (entry) => entry, 1)[0];

  const levers = [
    // Who converges comes back to what it has argued for, if there is a step that it has not named yet.
    ...(dialogue.stage === 'converging' ? shuffle(domain.levers, random) : []).filter(
      ({ what, step }) => ownSaid.includes(what.toLowerCase()) && !ownSaid.includes(step.toLowerCase()),
    ),
    ...draw(
      (field) => field.levers,
      ({ what }) => what,
      3,
    ),
  ];
  const proposal = draw(
    (field) => field.proposals,
    ({ name }) => name,
    1,
  ).find(({ say }) => !said.includes(say.toLowerCase()));
  const fallbackProposal = draw(
    (field) => field.proposals,
    ({ say }) => say,
    1,
  )[0];
  const used = <T>(list: (domain: Domain) => readonly T[], inText: string, keys: (entry: T) => string[]) =>
    domains.flatMap(list).filter((entry) => keys(entry).some((key) => inText.includes(key.toLowerCase())));

  const lastLower = last.toLowerCase();
  const proposalKeys = ({ say, name }: { say: string; name: string }) => [say, name];
  const theirIdeas = used((field) => field.proposals, lastLower, proposalKeys);
  const olderIdeas = used((field) => field.proposals, theirSaid, proposalKeys);
  const idea =
    theirIdeas.find(({ sense }) => !ownSaid.includes(sense.toLowerCase())) ??
    theirIdeas[0] ??
    (dialogue.stage === 'converging' ? olderIdeas.at(-1) : undefined);
  const theirLevers = used(
    (field) => field.levers,
    lastLower,
    ({ what, step }) => [what, step],
  );
  const echo =
    theirLevers.find(({ twist }) => !ownSaid.includes(twist.toLowerCase())) ??
    (dialogue.stage === 'converging'
      ? used(
          (field) => field.levers,
          theirSaid,
          ({ what }) => [what],
        ).at(-1)
      : undefined);
  const mine =
    voice.name === 'methodical'
      ? pick(
          used(
            (field) => field.levers,
            ownSaid,
            ({ what }) => [what],
          ).map(({ what }) => what),
          random,
        )
      : pick(
          used((field) => field.proposals, ownSaid, proposalKeys).map(({ name }) => name),
          random,
        );

  const makers: Record<string, () => string | undefined> = {
    topic: () => topic,
    quote: () => quoteFrom(last, ownSaid, random),
    noun: () => nounFrom(last, ownSaid, random),
    code: () => codeName,
    lever: () => levers[0]?.what,
    why: () => levers[0]?.why,
    step: () => levers[0]?.step,
    lever2: () => levers[1]?.what,
    why2: () => levers[1]?.why,
    step2: () => levers[1]?.step,
    lever3: () => levers[2]?.what,
    why3: () => levers[2]?.why,
    idea: () => idea?.name,
    sense: () => (idea !== undefined && !ownSaid.includes(idea.sense.toLowerCase()) ? idea.sense : undefined),
    echo: () => echo?.what,
    twist: () => echo?.twist,
    mine: () => mine,
    proposal: () => (proposal ?? fallbackProposal)?.say,
    measure: () => text((field) => field.measures),
    people: () => text((field) => field.people),
    risk: () => text((field) => field.risks),
    question: () => text((field) => field.questions),
    inversion: () => text((field) => field.inversions),
    image: () => text((field) => field.images),
    daydream: () => text((field) => field.daydreams),
    bareEcho: () => echo?.what.replace(/^(?:the|an?) /, ''),
    bareMine: () => mine?.replace(/^(?:the|an?) /, ''),
  };
  return (name) => {
    if (!known.has(name)) known.set(name, makers[name]?.());
    return known.get(name);
  };
}

function shuffle<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
