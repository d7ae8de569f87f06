import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expandBlobs } from '../src/blob/expand-blobs.ts';
import { findReferences } from '../src/blob/find-references.ts';
import { createCallLog } from '../src/call-log.ts';
import { readTree } from '../src/reader/read-tree.ts';
import { requestKey } from '../src/reader/request-key.ts';
import { callsById, expandRequest } from '../src/tree/expand-request.ts';
import { callEnd, callStart, everyByteIn, only, useTempDir } from './helpers.ts';

const tempDir = useTempDir();
const windows = process.platform === 'win32';

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
const picture = Buffer.concat([PNG, randomBytes(20_000)]);
const audio = Buffer.concat([Buffer.from('RIFF1234WAVE'), randomBytes(10_001)]);
const dataUrl = (bytes: Buffer, type = 'image/png') => `data:${type};base64,${bytes.toString('base64')}`;

/** Large parts as the APIs carry them. */
const messages = [
  { role: 'user', content: [{ type: 'image_url', image_url: { url: dataUrl(picture) } }] },
  { role: 'user', content: [{ type: 'input_image', image_url: dataUrl(picture) }] },
  {
    role: 'user',
    content: [{ type: 'input_audio', input_audio: { data: audio.toString('base64'), format: 'wav' } }],
  },
  {
    role: 'user',
    content: [{ type: 'file', file: { filename: 'a.pdf', file_data: dataUrl(audio, 'application/pdf') } }],
  },
  {
    role: 'user',
    content: [
      {
        type: 'image',
        source: { type: 'base64', media_type: 'image/png', data: picture.toString('base64') },
      },
    ],
  },
  { role: 'user', parts: [{ inline_data: { mime_type: 'image/png', data: picture.toString('base64') } }] },
  { role: 'user', content: dataUrl(picture, 'image/png;charset=odd') },
];

function record(log: ReturnType<typeof createCallLog>, id: string, asked: readonly object[], reply?: object) {
  log.logger(callStart(id, { agent: { id: 'a' }, messages: asked }));
  log.logger(callEnd(id, reply === undefined ? {} : { reply: { message: reply } as never }));
}

describe('large binary parts', () => {
  it('lie beside the journal, once, and come back to the letter', async () => {
    const log = createCallLog({ dir: tempDir(), tree: 'inline', defaultRun: { id: 'run' } });
    const reply = { role: 'assistant', content: [{ b64_json: picture.toString('base64') }] };
    for (let i = 1; i <= messages.length; i++) record(log, `c${i}`, messages.slice(0, i), reply);
    await log.close();
    const folder = join(tempDir(), 'run', 'blobs');
    expect(readdirSync(folder)).toHaveLength(2);
    const tree = await readTree(join(tempDir(), 'run'));
    const calls = callsById(tree);
    for (const [i, call] of [...calls.values()].entries()) {
      expect(call.pre.exact).toBeUndefined();
      const request = expandRequest(call, calls);
      const asked = messages.slice(0, i + 1);
      expect(JSON.stringify(request).length).toBeLessThan(3_000);
      expect(JSON.stringify(await expandBlobs(request, join(tempDir(), 'run.json')))).toBe(
        JSON.stringify(asked),
      );
      expect(await expandBlobs(call.post?.message, join(tempDir(), 'run'))).toEqual(reply);
      // A request is the same with its parts and without them.
      const key = requestKey({ model: 'm', messages: asked });
      expect(requestKey({ model: 'm', messages: request })).toBe(key);
    }
    const { sha256, ...rest } = only([...findReferences(calls.get('c1')?.pre)]).$blob;
    expect(rest).toEqual({ bytes: picture.length, encoding: 'data_url', media_type: 'image/png' });
    expect(readFileSync(join(folder, sha256))).toEqual(picture);
    if (!windows) {
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      expect(statSync(join(folder, sha256)).mode & 0o777).toBe(0o600);
    }
    expect(statSync(join(tempDir(), 'run.jsonl')).size).toBeLessThan(20_000);
    expect(everyByteIn(tempDir())).not.toContain(picture.toString('base64', 300, 600));
  });
});
