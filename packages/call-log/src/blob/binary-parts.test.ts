import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createRedactor } from '../journal/redactor.ts';
import { isBlobReference } from '../schema/blob-reference.ts';
import {
  agentRefSchema,
  blobReferenceSchema,
  errorRecordSchema,
  replySchema,
  usageSchema,
} from '../schema/common.ts';
import { recordedEventSchema } from '../schema/events.ts';
import { type BlobStore, createBinaryParts } from './binary-parts.ts';

function partsIn({
  redact = (text: string) => text,
  ...given
}: Partial<BlobStore> & { redact?: (text: string) => string } = {}) {
  const stored = new Map<string, Uint8Array>();
  const store: BlobStore = {
    has: (sha256) => stored.has(sha256),
    put: (sha256, bytes) => Boolean(stored.set(sha256, bytes)),
    ...given,
  };
  return { parts: createBinaryParts(redact, store), stored };
}

const bytes = randomBytes(9_000);
const base64 = bytes.toString('base64');
const dataUrl = `data:image/png;base64,${base64}`;

describe('where readers expect text, text stays', () => {
  const objects = [
    ...recordedEventSchema.options,
    agentRefSchema,
    errorRecordSchema,
    replySchema,
    usageSchema,
  ];
  const fields = objects.flatMap(({ shape }) => Object.entries(shape));
  const isText = (schema: unknown): boolean =>
    schema instanceof z.ZodOptional
      ? isText(schema.unwrap())
      : schema instanceof z.ZodString || schema instanceof z.ZodEnum;
  // A header is made by the log itself.
  const own = Object.keys(recordedEventSchema.options[0].shape).filter(
    (name) => !['at', 'type'].includes(name),
  );
  const texts = fields.flatMap(([name, schema]) => (isText(schema) && !own.includes(name) ? [name] : []));

  it.each([...new Set(texts)])('%s', (field) => {
    expect(partsIn().parts.text(dataUrl, field)).toBeUndefined();
    expect(partsIn().parts.bytes(bytes, field)).toBeUndefined();
  });
});

it('takes base64 without its type only where nobody speaks', () => {
  const { parts } = partsIn();
  expect(parts.text(base64, 'content')).toBeUndefined();
  expect(parts.text(dataUrl, 'content')?.exact).toBe(true);
  expect(parts.text(base64, 'b64_json')?.exact).toBe(true);
});

it('leaves what is short', () => {
  const { parts, stored } = partsIn();
  expect(parts.text(base64.slice(0, 8_188), 'data')).toBeUndefined();
  expect(parts.bytes(bytes.subarray(0, 6_143), 'data')).toBeUndefined();
  expect(stored.size).toBe(0);
});

it('knows a part again without scrubbing it, as long as it is there and under the same field', () => {
  const { parts, stored } = partsIn();
  expect(parts.recall(base64, 'data')).toBeUndefined();
  const taken = parts.text(base64, 'data');
  expect(parts.recall(base64, 'data')).toEqual(taken?.value);
  expect(parts.recall(base64, 'content')).toBeUndefined();
  stored.clear();
  expect(parts.recall(base64, 'data')).toBeUndefined();
});

it('leaves a part where it is when it cannot be put anywhere', () => {
  const { parts } = partsIn({ put: () => false });
  expect(parts.text(dataUrl, 'url')).toEqual({ value: dataUrl, exact: true });
  expect(parts.bytes(bytes, 'data')).toBeUndefined();
});

it.each(['utf8', 'latin1'] as const)('scrubs what the bytes say (%s)', (encoding) => {
  const secret = 'sk-proj-abcdefghijklmnopqrstuvwxyz123456';
  const text = `${'key für alle ÿ '.repeat(500)}${secret}`;
  const file = Buffer.from(text, encoding);
  for (const put of [undefined, () => false]) {
    const { parts, stored } = partsIn({ redact: createRedactor().redact, ...(put && { put }) });
    const part = parts.text(`data:text/plain;base64,${file.toString('base64')}`, 'file_data');
    expect(part?.exact).toBe(false);
    const [kept = Buffer.from(String(part?.value).split(',')[1] ?? '', 'base64')] = stored.values();
    const clean = Buffer.from(kept).toString(encoding);
    expect(clean).not.toContain(secret);
    expect(clean.slice(0, 7_000)).toBe(text.slice(0, 7_000));
  }
});

it('what it makes is a reference, as the schema says', () => {
  const { parts } = partsIn();
  for (const part of [parts.text(dataUrl, 'url'), parts.text(base64, 'data'), parts.bytes(bytes, 'data')]) {
    expect(isBlobReference(part?.value)).toBe(true);
    expect(blobReferenceSchema.safeParse(part?.value).success).toBe(true);
  }
});

const $blob = { sha256: 'a'.repeat(64), bytes: 1, encoding: 'base64' };
it.each([
  [{ $blob }, true],
  [{ $blob: { ...$blob, media_type: 'x' } }, true],
  [{ $blob, more: 1 }, false],
  [{ $blob: { ...$blob, more: 1 } }, false],
  [{ $blob: { ...$blob, sha256: '../../../etc/passwd' } }, false],
  [{ $blob: { ...$blob, sha256: 'A'.repeat(64) } }, false],
  [{ $blob: { ...$blob, bytes: 1.5 } }, false],
  [{ $blob: { ...$blob, encoding: 'hex' } }, false],
  [{ $blob: { ...$blob, media_type: 7 } }, false],
  [{ $blob: null }, false],
  [[$blob], false],
  [null, false],
])('a reference is told from what is none: %j', (value, expected) => {
  expect(isBlobReference(value)).toBe(expected);
  expect(blobReferenceSchema.safeParse(value).success).toBe(expected);
});
