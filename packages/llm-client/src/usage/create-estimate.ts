import type { Reply, Usage } from '@pd/call-log/schema';
import { estimateTokens, type Tokenizer } from './estimate-tokens.ts';
import { inputText, outputText } from './texts.ts';

/** Estimates what the provider did not count, by what went out and what came back. */
export type Estimate = (body: Readonly<Record<string, unknown>>, reply: Reply) => Usage;

/**
 * Tokens of a picture of about a megapixel, in full detail: for GPT-4o 85, and 170 for each of four tiles. Others differ: 1,229
 * were measured for gpt-5-mini, 1,089 for a Gemini model.
 *
 * @see https://v2ex.com/amp/t/1044688 (quotes OpenAI's guide, https://developers.openai.com/api/docs/guides/images-vision;
 *   stored copy, read 2026-11-22)
 * @see https://github.com/AlaskanTuna/Rokabot/issues/121 (Gemini, measured; read 2026-11-22)
 */
const IMAGE_TOKENS = 765;

/**
 * Tokens that a chat message takes besides its text.
 *
 * @see https://github.com/openai/openai-cookbook/blob/main/examples/How_to_count_tokens_with_tiktoken.ipynb
 */
const MESSAGE_TOKENS = 3;

/** A tokenizer gets a text in pieces of so many characters: some take time with the square of the length of a word. */
const PIECE = 4_096;

/**
 * What a client does about missing usage. A tokenizer that fails is done without.
 *
 * @param option `false`: nothing, it stays unknown
 * @throws RangeError for what is neither a boolean nor a function
 */
export function createEstimate(option: boolean | Tokenizer = true): Estimate {
  if (option === false) return () => ({ source: 'none' });
  if (option !== true && typeof option !== 'function')
    throw new RangeError(`estimateUsage must be true, false or a tokenizer, not ${String(option)}`);
  const count = option === true ? estimateTokens : (text: string) => countInPieces(text, option);
  return (body, reply) => {
    try {
      const { text, messages, images } = inputText(body);
      return {
        input_tokens: count(text) + messages * MESSAGE_TOKENS + images * IMAGE_TOKENS,
        output_tokens: count(outputText(reply)),
        source: 'estimated',
      };
    } catch {
      // Nested too deep to be read. The call is at its end, which nothing may spoil.
      return { source: 'none' };
    }
  };
}

function countInPieces(text: string, tokenizer: Tokenizer): number {
  try {
    let tokens = 0;
    for (let i = 0; i < text.length; i += PIECE) tokens += tokenizer(text.slice(i, i + PIECE));
    if (Number.isFinite(tokens) && tokens >= 0) return tokens;
  } catch {
    // A text may have what the tokenizer does not take, such as "<|endoftext|>".
  }
  return estimateTokens(text);
}
