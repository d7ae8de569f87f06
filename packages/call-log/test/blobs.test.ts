import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expandBlobs } from '../src/blob/expand-blobs.ts';
import { findReferences } from '../src/blob/find-references.ts';
import { createCallLog } from '../src/call-log.ts';
import { findRun } from '../src/reader/find-runs.ts';
import { readTree } from '../src/reader/read-tree.ts';
import { requestKey } from '../src/reader/request-key.ts';
import { verifyRun } from '../src/reader/verify-run.ts';
import { shareRun } from '../src/run-share.ts';
import { callsById, expandRequest } from '../src/tree/expand-request.ts';
import { callEnd, callStart, everyByteIn, only, useTempDir } from './helpers.ts';

const tempDir = useTempDir();
const windows = process.platform === 'win32';

/** Of the system. */
const MKFIFO = 'mkfifo';

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

  it('stand in tool calls, messages, parameters and metadata, too', async () => {
    const log = createCallLog({ dir: tempDir(), tree: false, defaultRun: { id: 'run' } });
    const data = picture.toString('base64');
    log.logger(callStart('c', { messages: [], parameters: { input: [{ data }] }, metadata: { data } }));
    log.logger({ type: 'tool.start', call_id: 'c', tool_call_id: 't', name: 'see', arguments: { data } });
    log.logger({ type: 'tool.end', call_id: 'c', tool_call_id: 't', status: 'ok', result: data });
    log.logger({ type: 'message', message_id: 'm', content: dataUrl(picture), status: 'delivered' });
    await log.close();
    const tree = await readTree(join(tempDir(), 'run'));
    expect(JSON.stringify(tree)).not.toContain(data.slice(300, 600));
    const { agents, messages: envelopes } = await expandBlobs(tree, join(tempDir(), 'run'));
    expect(only(envelopes).content).toBe(dataUrl(picture));
    const call = only(only(agents).calls);
    expect(call.pre).toMatchObject({ parameters: { input: [{ data }] }, metadata: { data } });
    expect(only(call.tool_calls)).toMatchObject({ arguments: { data }, result: data });
  });

  it('leave alone what a caller wrote that looks like a reference', async () => {
    const log = createCallLog({ dir: tempDir(), tree: false, defaultRun: { id: 'run' } });
    const $blob = { sha256: 'a'.repeat(64), bytes: 1, encoding: 'base64' };
    const asked = [
      { $blob },
      { role: 'user', content: [{ $$blob: { $blob } }, { $blob: 7 }, { $blob, more: 1 }] },
    ];
    log.logger(callStart('c', { messages: asked, parameters: { x: { $blob } }, metadata: { $blob } }));
    await log.close();
    const calls = callsById(await readTree(join(tempDir(), 'run')));
    const call = calls.get('c');
    if (call === undefined) throw new Error('the call is not on record');
    const request = expandRequest(call, calls);
    expect(JSON.stringify(await expandBlobs(request, join(tempDir(), 'run')))).toBe(JSON.stringify(asked));
    expect(await expandBlobs(call.pre.metadata, join(tempDir(), 'run'))).toEqual({ $blob });
    const parameters = call.pre.parameters ?? {};
    const live = requestKey({ model: 'm', messages: asked, parameters: { x: { $blob } } });
    expect(requestKey({ model: 'm', messages: request, parameters })).toBe(live);
    expect((await verifyRun(await findRun('run', tempDir()))).loss).toBe(false);
  });

  it('as bytes come back as bytes, and the call is not exact', async () => {
    const log = createCallLog({ dir: tempDir(), tree: false, defaultRun: { id: 'run' } });
    const small = Buffer.from('small');
    log.logger(callStart('c', { messages: [{ data: picture, view: new Uint8Array(audio), small }] }));
    await log.close();
    const call = only(only((await readTree(join(tempDir(), 'run'))).agents).calls);
    expect(call.pre.exact).toBe(false);
    expect(await expandBlobs(call.pre.messages, join(tempDir(), 'run'))).toEqual([
      { data: picture, view: audio, small: '[binary 5 bytes]' },
    ]);
  });

  it('are not written when content is not captured', async () => {
    const log = createCallLog({
      dir: tempDir(),
      tree: false,
      captureContent: false,
      defaultRun: { id: 'run' },
    });
    record(log, 'c', messages);
    await log.close();
    expect(readdirSync(tempDir())).toEqual(['run.jsonl']);
  });

  it('of several processes of a run lie together', async () => {
    const log = createCallLog({ dir: tempDir(), tree: false, defaultRun: { id: 'run' } });
    record(log, 'parent', messages.slice(0, 1));
    const child = createCallLog({ join: shareRun(log.defaultRun()), tree: false });
    record(child, 'child', messages.slice(0, 3));
    await child.close();
    await log.close();
    expect(readdirSync(join(tempDir(), 'run', 'blobs'))).toHaveLength(2);
    const calls = callsById(await readTree(join(tempDir(), 'run')));
    expect(calls.size).toBe(2);
    for (const call of calls.values())
      expect(JSON.stringify(await expandBlobs(call.pre.messages, join(tempDir(), 'run')))).toContain(
        dataUrl(picture),
      );
    expect((await verifyRun(await findRun('run', tempDir()))).loss).toBe(false);
  });
});

describe.skipIf(windows)('the folder of blobs', () => {
  const name = createHash('sha256').update(picture).digest('hex');

  async function recordPicture(diagnostics: string[] = []) {
    const onDiagnostic = ({ kind }: { kind: string }) => diagnostics.push(kind);
    const log = createCallLog({
      dir: join(tempDir(), 'logs'),
      tree: false,
      defaultRun: { id: 'run' },
      onDiagnostic,
    });
    record(log, 'c', messages.slice(0, 1));
    await log.close();
    const tree = await readTree(join(tempDir(), 'logs', 'run'));
    const { messages: request } = only(only(tree.agents).calls).pre;
    return { request, diagnostics, whole: await expandBlobs(request, join(tempDir(), 'logs', 'run')) };
  }

  it.each(['run', 'run/blobs'])('that leads out of the log by a link is not used: %s', async (link) => {
    const outside = join(tempDir(), 'outside');
    mkdirSync(outside);
    mkdirSync(dirname(join(tempDir(), 'logs', link)), { recursive: true });
    symlinkSync(outside, join(tempDir(), 'logs', link));
    const { request, diagnostics } = await recordPicture();
    expect(diagnostics).toEqual(['blob_failed']);
    expect(request).toEqual(messages.slice(0, 1));
    expect(everyByteIn(outside)).toBe('');
  });

  it.each(['a link', 'half of it'])('with %s in the place of a blob gets the whole blob', async (what) => {
    const outside = join(tempDir(), 'outside');
    writeFileSync(outside, 'precious');
    const path = join(tempDir(), 'logs', 'run', 'blobs', name);
    mkdirSync(dirname(path), { recursive: true });
    if (what === 'a link') symlinkSync(outside, path);
    else writeFileSync(path, picture.subarray(0, 100));
    const { whole, diagnostics } = await recordPicture();
    expect(diagnostics).toEqual([]);
    expect(whole).toEqual(messages.slice(0, 1));
    expect(readFileSync(outside, 'utf8')).toBe('precious');
    expect(lstatSync(path).isSymbolicLink()).toBe(false);
  });

  it('is checked by verify, and blobs that are gone or altered are not given out', async () => {
    await recordPicture();
    const run = join(tempDir(), 'logs', 'run');
    const path = join(run, 'blobs', name);
    const verify = async () => (await verifyRun(await findRun('run', join(tempDir(), 'logs')))).counts;
    const whole = async () => expandBlobs(only((await readTree(run)).agents).calls, run);
    expect(await verify()).toEqual({});
    writeFileSync(`${path}.tmp`, 'left behind');
    expect(await verify()).toEqual({ unreferenced_blob: 1 });
    rmSync(`${path}.tmp`);
    const altered = Buffer.from(picture);
    altered[5_000] = (altered[5_000] ?? 0) ^ 1;
    for (const content of [altered, picture.subarray(1)]) {
      writeFileSync(path, content);
      expect(await verify()).toEqual({ altered_blob: 1 });
      await expect(whole()).rejects.toMatchObject({ code: 'missing_blob', path });
    }
    rmSync(path);
    expect(await verify()).toEqual({ missing_blob: 1 });
    await expect(whole()).rejects.toMatchObject({ code: 'missing_blob', path });
    symlinkSync('/dev/zero', path);
    expect(await verify()).toEqual({ altered_blob: 1 });
    await expect(whole()).rejects.toMatchObject({ code: 'missing_blob', path });
    // A pipe that nobody writes to.
    rmSync(path);
    execFileSync(MKFIFO, [path]);
    expect(await verify()).toEqual({ altered_blob: 1 });
    await expect(whole()).rejects.toMatchObject({ code: 'missing_blob', path });
  });
});

it('the journal of a conversation of 60 turns is ten times smaller than one JSON a call with the whole request', async () => {
  const log = createCallLog({ dir: tempDir(), tree: false, defaultRun: { id: 'run' } });
  const conversation: object[] = [];
  let oneJsonACall = 0;
  for (let turn = 0; turn < 60; turn++) {
    conversation.push({ role: 'user', content: `${turn} `.padEnd(300, 'What makes a good bridge? ') });
    const message = { role: 'assistant', content: `${turn} `.padEnd(600, 'One that stands. ') };
    const start = callStart(`call_${turn}`, { agent: { id: 'a' }, messages: [...conversation] });
    const how = { status: 'ok', duration_ms: 1_234.5 } as const;
    const end = callEnd(`call_${turn}`, { ...how, reply: { message, finish_reason: 'stop' } });
    log.logger(start);
    log.logger({
      type: 'attempt.start',
      call_id: start.call_id,
      number: 1,
      provider: 'openai',
      model: 'gpt-x',
    });
    log.logger({ type: 'attempt.end', call_id: start.call_id, number: 1, ...how });
    log.logger(end);
    oneJsonACall += JSON.stringify({ ...start, ...end, at: '2026-11-22T14:52:03.123Z' }).length + 1;
    conversation.push(message);
  }
  await log.close();
  expect(oneJsonACall / statSync(join(tempDir(), 'run.jsonl')).size).toBeGreaterThan(10);
});

it('a clock that goes backwards changes nothing but the times', async () => {
  const times = Array.from({ length: 100 }, (_, i) => new Date(Date.UTC(2026, 10, 22, 12, i)));
  const log = createCallLog({
    dir: tempDir(),
    tree: false,
    defaultRun: { id: 'run' },
    now: () => times.pop() ?? new Date(0),
  });
  for (let i = 0; i < 5; i++) record(log, `c${i}`, messages.slice(0, i));
  await log.close();
  const { run, agents, orphans } = await readTree(join(tempDir(), 'run'));
  expect(only(agents).calls.map(({ id, status }) => `${id} ${status}`)).toEqual([
    'c0 ok',
    'c1 ok',
    'c2 ok',
    'c3 ok',
    'c4 ok',
  ]);
  expect([run.status, orphans]).toEqual(['completed', []]);
  expect((await verifyRun(await findRun('run', tempDir()))).loss).toBe(false);
});
