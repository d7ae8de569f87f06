import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { contentFromFile } from './content-from-file.ts';

const dir = mkdtempSync(join(tmpdir(), 'pd-content-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

it.each([
  ['a.PNG', { type: 'image_url', image_url: { url: 'data:image/png;base64,AQI=' } }],
  ['b c.jpg', { type: 'image_url', image_url: { url: 'data:image/jpeg;base64,AQI=' } }],
  ['50%.mp3', { type: 'input_audio', input_audio: { data: 'AQI=', format: 'mp3' } }],
  ['d.pdf', { type: 'file', file: { filename: 'd.pdf', file_data: 'data:application/pdf;base64,AQI=' } }],
])('%s is a part of a message', async (name, part) => {
  const path = join(dir, name);
  writeFileSync(path, new Uint8Array([1, 2]));
  expect(await contentFromFile(path)).toEqual(part);
  expect(await contentFromFile(pathToFileURL(path))).toEqual(part);
});

it.each(['a.exe', 'png', 'a.constructor', ''])('%j is not', async (name) => {
  await expect(contentFromFile(name)).rejects.toThrow(RangeError);
});

it('a file that is not there is an error of reading it', async () => {
  await expect(contentFromFile(join(dir, 'no.png'))).rejects.toMatchObject({ code: 'ENOENT' });
});
