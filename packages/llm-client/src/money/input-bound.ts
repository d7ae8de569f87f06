/**
 * Tokens that a picture counts as at most: eight tiles of 5,667 and 2,833 for the picture, which is what `gpt-4o-mini`
 * makes of a large one (2,048 × 768 after scaling, in tiles of 512). No model is known that counts more.
 *
 * @see https://github.com/autogenhub/autogen/pull/57 and https://github.com/epam/ai-dial-adapter-openai/issues/165 (both after
 *   OpenAI's pages; read 2026-11-22)
 */
const IMAGE_TOKENS = 48_169;

/**
 * What a provider may add: its template, and a prompt of its own when there are tools. The most that was found is 530 tokens,
 * for Claude 3 Opus; for what others add there is no page.
 *
 * @see https://docs.anthropic.com/en/docs/tool-use-pricing-and-tokens (stored copy, read 2026-11-22)
 */
const TEMPLATE_TOKENS = 1_000;

const IMAGES: ReadonlySet<unknown> = new Set(['image_url', 'input_image', 'image']);

/** Fields whose text stands for input that is not in the request. */
const REFERENCES: ReadonlySet<string> = new Set(['file_id', 'file_url', 'previous_response_id']);

/**
 * How many tokens the input of a request can be at most: as many as it has bytes, because a token stands for one byte or
 * more; for pictures, as many as they can count as. Usually four times too many, but never too few.
 *
 * @param maxInputTokens the model's limit, which no input passes
 * @returns `undefined` when part of the input is elsewhere and the model's limit is not known
 */
export function inputBound(
  body: Readonly<Record<string, unknown>>,
  maxInputTokens: number | undefined,
): number | undefined {
  let images = 0;
  let isElsewhere = body.conversation !== undefined;
  const text = JSON.stringify(body, (key: string, value: unknown) => {
    // A tool may have a parameter of that name; its schema is no text.
    if (typeof value === 'string' && REFERENCES.has(key)) isElsewhere = true;
    if (typeof value !== 'object' || value === null || !('type' in value)) return value;
    if (value.type === 'video_url') isElsewhere = true;
    if (!IMAGES.has(value.type)) return value;
    images++;
    return undefined;
  });
  if (isElsewhere) return maxInputTokens;
  const bound = new TextEncoder().encode(text).length + images * IMAGE_TOKENS + TEMPLATE_TOKENS;
  return Math.min(bound, maxInputTokens ?? Number.POSITIVE_INFINITY);
}
