import type { ListedPrice } from './model-price.ts';
import { anthropic } from './price-table/anthropic.ts';
import { deepseek } from './price-table/deepseek.ts';
import { gemini } from './price-table/gemini.ts';
import { openai } from './price-table/openai.ts';
import { groq, mistral, xai } from './price-table/others.ts';

/**
 * List prices by provider and model, each with the vendor's page, who passed it on, and when it was read. They were read
 * in November 2026 on stored copies of those pages or in public lists that name them, and not checked against a bill,
 * but for xAI's (`recorded-bills.test.ts`). Models whose price could not be found, or was told differently by two
 * sources, are not here; neither are those of servers of one's own, which are free only if you say so.
 */
export const priceTable: ReadonlyMap<string, ReadonlyMap<string, ListedPrice>> = new Map(
  Object.entries({ openai, anthropic, gemini, deepseek, xai, groq, mistral }).map(([provider, models]) => [
    provider,
    new Map(Object.entries(models)),
  ]),
);
