import { isContentWord, isFunctionWord, wordsOf } from './keywords.ts';
import type { Random } from './random.ts';

const longestQuote = 9;
const boundary =
  /[.!?;:,()"“”…—–\n]+|\s-\s|\b(?:because|but|so that|which|while|since|although|until|unless|whether)\b/iu;
const verbal = /\s(?:is|are|was|were|would|will|can|could|should|must|may|might)\s/iu;
const leadIn =
  /^(?:(?:and|or|of|to|than|with|so|then|yes|no|well|now|also|that|if|what if|perhaps|maybe|suppose|but)\s+)+/i;
const trailing =
  /(?:\s+(?:and|or|of|the|a|an|to|in|on|at|for|with|by|from|than|is|are|was|be|its|it|that|as))+$/i;

/**
 * The phrase of a message that is most worth repeating, in curly quotes: short, full of content, and not
 * one that `said` already has. `undefined` when the message holds no words.
 */
export function quoteFrom(prose: string, said: string, random: Random): string | undefined {
  const candidates = prose
    .split(boundary)
    .flatMap((clause) => (wordsOf(clause).length > longestQuote ? clause.split(verbal) : [clause]))
    .map((clause) => trim(clause ?? ''))
    .filter((clause) => clause !== '');
  let best: { phrase: string; score: number } | undefined;
  for (const phrase of candidates) {
    const score = scoreOf(phrase, said) + random();
    if (best === undefined || score > best.score) best = { phrase, score };
  }
  if (best !== undefined) return `“${best.phrase}”`;
  const symbols = prose.match(
    /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200D|\uFE0F)+/u,
  );
  return symbols === null ? undefined : `“${[...symbols[0]].slice(0, 4).join('')}”`;
}

function trim(clause: string): string {
  const cleaned = clause
    .replace(/[^\p{L}\p{M}\p{N}\s'’%€$+-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(leadIn, '');
  const words = cleaned.split(' ');
  const opensWell = /^(?:the|a|an|my|your|our)$/i.test(words[0] ?? '');
  const start =
    words.length <= longestQuote || opensWell
      ? 0
      : words.findIndex((word) => isContentWord(word.toLowerCase()));
  const phrase = words
    .slice(Math.max(start, 0), Math.max(start, 0) + Math.min(words.length, longestQuote - 2))
    .join(' ');
  const whole = words.length <= longestQuote ? cleaned : phrase.replace(trailing, '');
  if (wordsOf(whole).length === 0) return '';
  const points = [...whole];
  return points.length <= 72 ? whole : `${points.slice(0, 60).join('').trimEnd()}…`;
}

function scoreOf(phrase: string, said: string): number {
  const words = wordsOf(phrase);
  const content = words.filter(isContentWord).length;
  const lone = words.length > 1 ? 0 : isFunctionWord(words[0] ?? '') ? 6 : 3;
  const repeated = said.includes(phrase.toLowerCase()) ? 8 : 0;
  const personal = /\b(?:i|me|my|you|your|we)\b/i.test(phrase) ? 1.5 : 0;
  return Math.min(content, 4) * 1.5 - Math.abs(words.length - 4.5) * 0.6 - lone - repeated - personal;
}

const determined =
  /\b(?:the|a|an|every|each|our|your|their|its|this|my)\s+([\p{Ll}][\p{Ll}-]{2,})(?:\s+([\p{Ll}][\p{Ll}-]{2,}))?(?=\s+(\p{L}+)|[^\s\p{L}]|$)/giu;
const notNouns =
  /(?:ly|ous|ful|ive|able|ible|ic|al|est|ish|less)$|^(?:loud|quiet|good|bad|new|old|big|real|true|free|plain|quick|slow|better|worse|early|late|short|longer|clear|hard|easy|best|worst|main|second|third|single|thing|way|lot|bit|month|week|day|year|hour|time|moment|minute|night|question|answer|kept|best|open|left|few)/;

/** A thing that a message names, as "the …"; `undefined` when none can be told apart with some certainty. */
export function nounFrom(prose: string, said: string, random: Random): string | undefined {
  const found = new Set<string>();
  for (const [, first = '', second, next] of prose.matchAll(determined)) {
    const one = first.toLowerCase();
    const two = second?.toLowerCase();
    if (!isContentWord(one)) continue;
    if (two === undefined || isFunctionWord(two)) {
      if (!notNouns.test(one)) found.add(`the ${one}`);
    } else if (
      isContentWord(two) &&
      !notNouns.test(two) &&
      (next === undefined || isFunctionWord(next.toLowerCase()))
    ) {
      if (!/(?:ed|es|ing|s)$/.test(two)) found.add(`the ${one} ${two}`);
    }
  }
  const fresh = [...found].filter((noun) => !said.includes(noun));
  return fresh[Math.floor(random() * fresh.length)];
}
