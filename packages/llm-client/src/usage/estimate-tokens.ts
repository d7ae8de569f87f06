/** Counts the tokens of a text. */
export type Tokenizer = (text: string) => number;

/** Characters of a token: digits, other ASCII, alphabets of two bytes, and the rest: Chinese, Japanese, emoji. */
const PER_TOKEN = { digit: 2, ascii: 4, alphabet: 3.5, other: 1.6 };

/**
 * About how many tokens a text has, by its characters. Linear, whatever the text. Beside `o200k_base` (gpt-tokenizer 4.0.0,
 * measured 2026-11-22) it is within 25 % for English, source code, JSON, Chinese, Japanese, Korean, Russian and Arabic,
 * 20 to 35 % too high for French and German, twice too high for Hindi, 30 to 55 % too low for emoji, UUIDs and base64.
 * Models differ from each other by as much.
 */
export function estimateTokens(text: string): number {
  let digits = 0;
  let ascii = 0;
  let alphabet = 0;
  let others = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) digits++;
    else if (code < 128) ascii++;
    else if (code < 0x800) alphabet++;
    else others++;
  }
  return Math.ceil(
    digits / PER_TOKEN.digit +
      ascii / PER_TOKEN.ascii +
      alphabet / PER_TOKEN.alphabet +
      others / PER_TOKEN.other,
  );
}
