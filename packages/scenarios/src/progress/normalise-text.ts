/**
 * Words that carry no news in a message: those of politeness, of apology and of announcing another try, and the little
 * words between them. `yes`, `no` and `not` are not among them. English only: other languages are compared word by word.
 */
const FILLERS = new Set(
  `a an and the this that these those it its is are was were be been am i me my we us our you your he she they them
  of to for about in on at by with as so then now here there well just also too very really much many
  ok okay alright sure please thanks thank welcome sorry apologies apologise apologize apology pardon hello hi
  again another once more further still let lets will would shall should could can may might must have has had do does did
  try trying tried retry retrying attempt attempting go going get getting`.split(/\s+/),
);

/** Words with which a tool run is announced; beside one they say nothing that the run itself does not. */
const ANNOUNCING = new Set(
  `run running ran call calling called use using used invoke invoking execute executing search searching searched look looking
  lookup check checking checked query querying fetch fetching read reading request requesting repeat repeating double verify
  verifying confirm confirming same tool function time next first make certain need want see result results if what
  before after back perform performing issue issuing submit submitting`.split(/\s+/),
);

/** Longer texts are compared whole: two that long and alike but for a filler are not worth taking apart. */
const LONGEST_CHARACTERS = 20_000;

/**
 * A number is one word with its sign and fraction; so is each picture and operator, which can be all that differs.
 * Letters, marks and digits of any script make words.
 */
const WORD = /[+-]?\d+(?:[.,:]\d+)*%?|[\p{L}\p{M}\p{N}_]+|\p{Extended_Pictographic}|[+*/<>=&|^%~]/gu;

/** The same for texts of ASCII, which is quicker than looking up every letter of any script. */
const ASCII_WORD = /[+-]?\d+(?:[.,:]\d+)*%?|[a-z0-9_]+|[+*/<>=&|^%~]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
const ASCII = /^[\x00-\x7f]*$/;

/** Emphasis and bullets of Markdown, which would pass for operators. */
const MARKUP = /\*\*|^[ \t]{0,8}[*+>-] /gm;

/** A count of tries, which says nothing of what they achieve; `3 of 10` has an end, and stays. */
const TRY_COUNT = /\b(attempt|try|retry)\s{0,3}(?:no\.?|number|#)?\s{0,3}\d+\b(?!\s{0,3}(?:of|\/|out))/g;

/**
 * What a text says, for comparison with others: its words in order, without case, punctuation, white space and
 * {@link FILLERS}. Numbers stay, because they may be the progress, except in "attempt 3".
 *
 * @param beside what the tools of the same turn were given and gave; words of theirs are left out as well
 */
export function normaliseText(text: string, beside?: readonly string[]): string {
  if (text.length > LONGEST_CHARACTERS) return text.trim().replace(/\s+/g, ' ');
  const plain = lowered(text)
    .replace(/n['’]t\b/g, ' not')
    .replace(/['’](?:ll|ve|re|s|m|d)\b/g, ' ')
    .replace(MARKUP, ' ')
    .replace(TRY_COUNT, '$1');
  const all = wordsOf(plain);
  // At the end a single letter is an answer: "A", or "option A".
  const words = all.filter((word, i) => !FILLERS.has(word) || (word.length === 1 && i === all.length - 1));
  if (beside === undefined) return words.join(' ');
  const known = new Set(beside.flatMap((each) => wordsOf(each.slice(0, LONGEST_CHARACTERS).toLowerCase())));
  return words.filter((word) => !ANNOUNCING.has(word) && !known.has(word)).join(' ');
}

function lowered(text: string): string {
  return (ASCII.test(text) ? text : text.normalize('NFKC')).toLowerCase();
}

/** @param lower a text in lower case */
function wordsOf(lower: string): readonly string[] {
  return lower.match(ASCII.test(lower) ? ASCII_WORD : WORD) ?? [];
}
