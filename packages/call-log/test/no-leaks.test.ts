import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { createCallLog } from '../src/call-log.ts';
import { withAgent } from '../src/identity/context.ts';
import type { RedactOptions } from '../src/journal/redactor.ts';
import { recordOpenAI } from '../src/openai.ts';
import { readTree } from '../src/reader/read-tree.ts';
import { type RunShare, shareRun } from '../src/run-share.ts';
import { readRecords, useTempDir } from './helpers.ts';
import { type Answer, chunk, completion, json, startTestServer, stop } from './openai-server.ts';

const tempDir = useTempDir();

// Put together here, so that no scanner takes this file for a leak.
const tail = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7';
const base64 = (text: string) => Buffer.from(text).toString('base64');
/** Told to the log; of no known shape. */
const configured = {
  key: 'opaque+key/of=no_shape',
  phrase: 'several "quoted" words\nand a line',
  umlaut: 'schlüssel-für-überall',
};
/** Not told; recognised by how they look or where they stand. */
const known = {
  openai: ['sk', `proj-${tail}`].join('-'),
  anthropic: ['sk', `ant-api03-${tail}`].join('-'),
  github: ['ghp', `${tail}123456789`].join('_'),
  aws: ['AK', 'IA', 'ABCDEFGH12345678'].join(''),
  google: ['AI', 'za', `${tail}${tail}`.slice(0, 35)].join(''),
  slack: ['xoxb', '123456789012', tail].join('-'),
  azure: `${`${tail}${tail}`.slice(0, 52)}JQQJ9${'9BDAC'}${tail}`,
  jwt: [`ey${'J'}hbGciOiJIUzI1NiJ9`, `ey${'J'}zdWIiOiIxMjM0NTY3ODkwIn0`, tail].join('.'),
  pem: ['-----BEGIN ', 'PRIVATE KEY-----\n', `${tail}${tail}`, '\n-----END ', 'PRIVATE KEY-----'].join(''),
  bearer: 'opaque.bearer.token.0123456789',
  basic: base64('someone:theirPassword'),
  cookie: 'session-cookie-value-123',
  setCookie: 'set-cookie-value-456',
  urlPassword: 'urlPassword.1',
  connection: 'c0nnectionPassword',
  accountKey: 'YWNjb3VudCBrZXkgYnl0ZXM+/w==',
  query: 'query-key-789-abc',
  signature: 'sig%2Fnature%2B1234',
  argument: 'letters only',
  field: 'whatever it looks like',
  header: 'x-api-key-value',
};
/** Named by a pattern. */
const patterned = 'customer-4711-4712';
const all: Record<string, string> = { ...configured, ...known, patterned };
const redact: RedactOptions = { secrets: Object.values(configured), patterns: [/customer-[\d-]+/] };

/** A stream of which no chunk is longer than five characters, slow enough to be written while it comes. */
const trickle =
  (text: string): Answer =>
  async (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const [i, piece] of (text.match(/[\s\S]{1,5}/g) ?? []).entries()) {
      response.write(`data: ${JSON.stringify(chunk({ content: piece }))}\n\n`);
      if (i % 20 === 0) await new Promise((later) => setTimeout(later, 60));
    }
    response.end(`data: ${JSON.stringify(stop)}\n\ndata: [DONE]\n\n`);
  };

/** What a server says that shows what it was sent. */
const echo: Answer = (response, request) => {
  response.writeHead(400, { 'content-type': 'application/json', 'set-cookie': `sid=${known.setCookie}` });
  const message = `bad request with ${JSON.stringify(request.headers)} to ${request.url}`;
  response.end(JSON.stringify({ error: { message, type: 'invalid_request_error', code: 'bad' } }));
};

const tooMany: Answer = json({ error: { message: `key ${known.anthropic} is over its limit` } }, 429, {
  'retry-after-ms': '1',
});

const everywhere = [
  `${known.openai} ${known.anthropic}, ${known.github}; "${known.aws}"`,
  `${known.google}\n${known.slack} ${known.azure} ${known.jwt}\n${known.pem}\n`,
  `Authorization: Bearer ${known.bearer}\nProxy-Authorization: Basic ${known.basic}`,
  `Cookie: a=${known.cookie}; b=c\nSet-Cookie: sid=${known.setCookie}; Path=/`,
  `postgres://user:${known.urlPassword}@db.local/app Server=db;Password=${known.connection};`,
  `AccountName=a;AccountKey=${known.accountKey};X=y`,
  `https://api.test/v1?key=${known.query}&sig=${known.signature}&x=1`,
  JSON.stringify({ user: 'u', password: known.argument, api_key: known.field }),
  `X-Api-Key: ${known.header}-1`,
  ...Object.values(configured),
  ...Object.values(configured).flatMap((secret) => [
    JSON.stringify({ secret }),
    base64(`user:${secret}`),
    base64(`us:${secret}!`),
    base64(`u:${secret}`),
    Buffer.from(`x${secret}`).toString('base64url'),
    Buffer.from(secret).toString('hex'),
    encodeURIComponent(secret),
  ]),
  patterned,
].join(' \n');

/** Every place in which a secret has been seen in a log, through every way into ours. */
async function plantEverywhere(dir: string, redaction: RedactOptions | false): Promise<void> {
  await using server = await startTestServer();
  const log = createCallLog({
    dir,
    redact: redaction,
    progressMs: 20,
    defaultRun: {
      id: 'main',
      name: `run ${everywhere}`,
      metadata: { [known.openai]: everywhere, headers: { cookie: known.cookie, 'x-api-key': known.header } },
    },
  });
  const options = { apiKey: configured.key, baseURL: server.url, logLevel: 'off', maxRetries: 1 } as const;
  const original = new OpenAI({ ...options, defaultHeaders: { cookie: `a=${known.cookie}` } });
  const client = recordOpenAI(original, {
    logger: log.logger,
    metadata: { apiKey: known.field, everywhere },
  });
  const tool = { type: 'function', id: 't', function: { name: 'login', arguments: everywhere } } as const;
  const request = {
    model: 'm',
    messages: [
      { role: 'system', content: everywhere },
      { role: 'user', content: [{ type: 'text', text: everywhere }] },
      { role: 'assistant', tool_calls: [tool] },
      { role: 'tool', tool_call_id: 't', content: everywhere },
    ],
    user: everywhere,
  } satisfies OpenAI.ChatCompletionCreateParamsNonStreaming;

  await withAgent({ id: known.github, name: everywhere, role: known.jwt }, async () => {
    const message = { role: 'assistant', content: everywhere, tool_calls: [tool] };
    server.answer(tooMany, json(completion('', { choices: [{ index: 0, message, finish_reason: 'stop' }] })));
    await client.chat.completions.create(request);
    server.answer(trickle(everywhere));
    for await (const _ of await client.chat.completions.create({ ...request, stream: true })) {
      // Read to its end.
    }
    server.answer(echo);
    await expect(client.chat.completions.create(request)).rejects.toThrow();
    // A URL with a password is refused by fetch, which names it.
    const url = server.url.replace('//', `//user:${known.urlPassword}@`);
    await expect(client.withOptions({ baseURL: url }).chat.completions.create(request)).rejects.toThrow();
  });

  const error = Object.assign(new Error(everywhere, { cause: new Error(everywhere) }), {
    headers: { Authorization: `Token ${known.field}`, 'set-cookie': [`sid=${known.setCookie}`] },
    config: { url: `https://user:${known.urlPassword}@host/?key=${known.query}` },
  });
  const start = { operation: 'chat', provider: 'p', model: 'm', messages: [] } as const;
  log.logger({ type: 'call.start', call_id: 'by-hand', ...start, metadata: { error, [known.slack]: 1 } });
  log.logger({
    type: 'tool.start',
    call_id: 'by-hand',
    tool_call_id: 't',
    name: 'f',
    arguments: { everywhere },
  });
  const file = `data:text/plain;base64,${base64(everywhere.padEnd(10_000))}`;
  const result = [everywhere, { file }];
  log.logger({ type: 'tool.end', call_id: 'by-hand', tool_call_id: 't', status: 'ok', result });
  log.logger({ type: 'log', level: 'warn', message: everywhere, fields: { [known.aws]: everywhere } });
  log.logger({ type: 'message', message_id: 'm', from: known.aws, content: everywhere, status: 'delivered' });
  await expect(log.run({ name: everywhere }, () => Promise.reject(error))).rejects.toThrow(error);
  await runFixture({ dir, redact: secretsOnly(redaction), join: shareRun(log.defaultRun()) });
  await log.close();
  await runFixture({ dir, redact: secretsOnly(redaction) });
}

/** What can be said in JSON. */
const secretsOnly = (redaction: RedactOptions | false) => redaction && { secrets: redaction.secrets ?? [] };

async function runFixture(input: {
  dir: string;
  redact: RedactOptions | false;
  join?: RunShare;
}): Promise<void> {
  const path = fileURLToPath(new URL('fixtures/plant-secrets.mjs', import.meta.url));
  const child = spawn(process.execPath, [path], { stdio: ['pipe', 'inherit', 'inherit'] });
  const { openai, anthropic, github, aws, google, jwt, pem } = known;
  const bare = [openai, anthropic, github, aws, google, jwt, pem];
  child.stdin.end(JSON.stringify({ ...input, secrets: [...Object.values(configured), ...bare] }));
  expect(await once(child, 'close')).toEqual([0, null]);
}

/** A secret in all the texts that it becomes, put together apart from the code that is tested. */
function forms(secret: string): Record<string, string> {
  const inside = [0, 1, 2].map((place) => {
    const text = base64('x'.repeat(place) + secret);
    return text.slice(place === 0 ? 0 : place + 1).replace(/.?.?=*$/, '');
  });
  return {
    plain: secret,
    JSON: JSON.stringify(secret).slice(1, -1),
    hexadecimal: Buffer.from(secret).toString('hex'),
    percent: encodeURIComponent(secret),
    ...Object.fromEntries(inside.map((text, i) => [`base64 ${i}`, text])),
    ...Object.fromEntries(
      inside.map((text, i) => [`base64url ${i}`, text.replaceAll('+', '-').replaceAll('/', '_')]),
    ),
  };
}

function filesOf(dir: string): { path: string; bytes: Buffer }[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => ({ path, bytes: Buffer.concat([Buffer.from(path), readFileSync(path)]) }));
}

/** The names of the secrets, and their forms, that stand in any byte of any file. */
function leaks(dir: string): string[] {
  const files = filesOf(dir);
  return Object.entries(all).flatMap(([name, secret]) =>
    Object.entries(forms(secret))
      .filter(([, form]) => files.some(({ bytes }) => bytes.includes(form)))
      .map(([form]) => `${name}, ${form}`),
  );
}

describe('a log in which secrets were planted everywhere', () => {
  it('has none of them in any byte of any file, in any form', async () => {
    await plantEverywhere(tempDir(), redact);
    expect(leaks(tempDir())).toEqual([]);
    // Journals and trees of the default run, the failed one and the transport's, the child's segment, a blob.
    expect(filesOf(tempDir())).toHaveLength(8);
    const records = readRecords(join(tempDir(), 'main.jsonl'));
    const live = records
      .filter(({ type }) => type === 'call.progress')
      .map(({ text }) => text)
      .join('');
    expect(live.length).toBeGreaterThan(200);
    expect(live).toContain('[REDACTED]');
    const tree = await readTree(join(tempDir(), 'main.jsonl'));
    expect(tree).toMatchObject({
      run: { status: 'completed' },
      orphans: [],
      audit: { damaged_lines: 0, dropped: 0 },
    });
    expect(tree.audit.redactions).toBeGreaterThan(500);
    const statuses = tree.agents.flatMap(({ calls }) => calls.map(({ status }) => status));
    expect(statuses.filter((status) => status === 'ok')).toHaveLength(2);
  });

  it('has all of them without redaction, so that the search is known to find them', async () => {
    await plantEverywhere(tempDir(), false);
    const inForms = leaks(tempDir());
    const found = new Set(inForms.map((leak) => leak.split(',')[0]));
    expect([...found].sort()).toEqual(Object.keys(all).sort());
    // A line break never stands in a line as it is.
    const expected = Object.keys(forms('')).filter((form) => form !== 'plain');
    for (const name of Object.keys(configured))
      for (const form of expected) expect(inForms).toContain(`${name}, ${form}`);
  });

  it.runIf(process.platform !== 'win32')('has files and folders that are private to the user', async () => {
    await plantEverywhere(join(tempDir(), 'logs'), redact);
    for (const { path } of filesOf(tempDir())) expect(statSync(path).mode & 0o777, path).toBe(0o600);
    for (const folder of ['logs', 'logs/main'])
      expect(statSync(join(tempDir(), folder)).mode & 0o777, folder).toBe(0o700);
  });
});
