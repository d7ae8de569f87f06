import type { Answer } from '../scenario/scene.ts';

/** The answer that most have given. */
export interface Majority {
  answer: Answer;
  /** How many have given it, and whether others were given as often. */
  detail: string;
}

/**
 * The answer that most have given; of answers given equally often, the one that comes first in the order of the members.
 *
 * @param vote what an answer counts as. Default: its text without regard to case, white space and punctuation at its ends
 */
export function takeMajority(
  answers: readonly Answer[],
  vote: (answer: Answer) => string = toVote,
): Majority {
  const votes = new Map<string, Answer[]>();
  for (const answer of answers) {
    const of = String(vote(answer));
    votes.set(of, [...(votes.get(of) ?? []), answer]);
  }
  const groups = [...votes.values()];
  const most = Math.max(...groups.map(({ length }) => length));
  const [first = [], ...tied] = groups.filter(({ length }) => length === most);
  const count = `${most} of ${answers.length} agree`;
  const tie = `${tied.length + 1} answers have ${most} of ${answers.length} votes each; the first member's of them was taken`;
  return { answer: first[0] as Answer, detail: tied.length === 0 ? count : tie };
}

function toVote({ content }: Answer): string {
  return content
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '');
}
