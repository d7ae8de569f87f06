/** Puts the calls of an `openai` client on record. The SDK itself is never imported. */
export type { OpenAIClient } from './record-openai/openai-client.ts';
export { type RecordOpenAIOptions, recordOpenAI } from './record-openai/record-openai.ts';
