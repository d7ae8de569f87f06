import { badRequest } from '../api-error.ts';
import { isIntegerIn, modelOf, optional, wrongType } from '../checks.ts';
import { isFields } from '../fields.ts';
import { tokensIn } from '../tokens.ts';
import { embedText } from './embed-text.ts';

const DIMENSIONS = 384;
/** OpenAI's limits. @see https://platform.openai.com/docs/api-reference/embeddings/create (read November 2026) */
const MOST_INPUTS = 2_048;
const MOST_DIMENSIONS = 4_096;

/** What is served for an embeddings request. */
export interface Embeddings {
  model: string;
  body: object;
  usage: { prompt_tokens: number; completion_tokens: 0; total_tokens: number };
}

/** Answers an embeddings request. Throws a 400 that names the parameter at fault. */
export function answerEmbeddings(body: unknown): Embeddings {
  if (!isFields(body)) throw badRequest('The request body must be a JSON object.', null);
  const model = modelOf(body);
  const texts = textsOf(body.input);
  const dimensions =
    optional(
      body,
      'dimensions',
      `an integer from 1 to ${MOST_DIMENSIONS}`,
      isIntegerIn(1, MOST_DIMENSIONS),
    ) ?? DIMENSIONS;
  const format = optional(body, 'encoding_format', "'float' or 'base64'", isFormat) ?? 'float';
  const data = texts.map((text, index) => {
    const vector = embedText(text, dimensions);
    return { object: 'embedding', index, embedding: format === 'base64' ? toBase64(vector) : [...vector] };
  });
  const tokens = texts.reduce((sum, text) => sum + tokensIn(text.length), 0);
  return {
    model,
    body: { object: 'list', data, model, usage: { prompt_tokens: tokens, total_tokens: tokens } },
    usage: { prompt_tokens: tokens, completion_tokens: 0, total_tokens: tokens },
  };
}

/** Texts, or tokens, which are taken as words. */
function textsOf(input: unknown): string[] {
  if (input === undefined || input === null)
    throw badRequest("Missing required parameter: 'input'.", 'input');
  const isTokens =
    Array.isArray(input) && input.length > 0 && input.every((each) => typeof each === 'number');
  const inputs: unknown[] = Array.isArray(input) && !isTokens ? input : [input];
  if (inputs.length === 0 || inputs.length > MOST_INPUTS)
    throw badRequest(
      `Invalid 'input': expected 1 to ${MOST_INPUTS} texts, but got ${inputs.length}.`,
      'input',
    );
  return inputs.map((each, index) => {
    if (Array.isArray(each) && each.every((token) => typeof token === 'number')) return each.join(' ');
    if (typeof each !== 'string') throw wrongType(`input[${index}]`, 'a text or a list of tokens', each);
    if (each === '') throw badRequest(`Invalid 'input[${index}]': it must not be empty.`, 'input');
    return each;
  });
}

function isFormat(value: unknown): value is 'float' | 'base64' {
  return value === 'float' || value === 'base64';
}

function toBase64(vector: Float32Array): string {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64');
}
