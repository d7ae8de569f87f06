import { expect, it } from 'vitest';
import { toFinishReason } from './finish-reason.ts';

it.each([
  ['content_filter', 'content-filter'],
  ['content_filter: PROHIBITED_CONTENT', 'content-filter'],
  ['SAFETY', 'content-filter'],
  ['RECITATION', 'content-filter'],
  ['IMAGE_SAFETY', 'content-filter'],
  ['MALFORMED_FUNCTION_CALL', 'other'],
  ['safety', 'other'],
  ['stop', 'stop'],
])('%s is %s', (raw, reason) => {
  expect(toFinishReason(raw)).toBe(reason);
});
