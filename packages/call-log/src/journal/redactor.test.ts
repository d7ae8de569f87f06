import { describe, expect, it } from 'vitest';
import { callEnd, callStart, everyByteIn, readRecords, useTempDir } from '../../test/helpers.ts';
import { createCallLog } from '../call-log.ts';
import { readTree } from '../reader/read-tree.ts';
import { createRedactor, REDACTED } from './redactor.ts';

const tempDir = useTempDir();

// Put together here, so that no scanner takes this file for a leak.
const tail = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7';
const fake: Record<string, string> = {
  openai: ['sk', `proj-${tail}`].join('-'),
  anthropic: ['sk', `ant-api03-${tail}_${tail}-AA`].join('-'),
  openrouter: ['sk', `or-v1-${tail}`].join('-'),
  langfuse: ['pk', 'lf', '1b2c3d4e-5f60-7182-93a4-b5c6d7e8f901'].join('-'),
  stripe: ['sk', 'live', tail].join('_'),
  huggingFace: ['hf', `${tail}${tail}`].join('_'),
  replicate: ['r8', `${tail}${tail}`].join('_'),
  groq: ['gsk', tail].join('_'),
  xai: ['xai', tail].join('-'),
  together: ['tgp_v1', tail].join('_'),
  fireworks: ['fw', tail].join('_'),
  cerebras: ['csk', tail].join('-'),
  perplexity: ['pplx', tail].join('-'),
  google: ['AI', 'za', `${tail}${tail}`.slice(0, 35)].join(''),
  github: ['ghp', tail].join('_'),
  githubFineGrained: ['github_pat', `${tail}_${tail}`].join('_'),
  slack: ['xoxb', '123456789012', tail].join('-'),
  aws: ['AK', 'IA', 'ABCDEFGH12345678'].join(''),
  jwt: [`ey${'J'}hbGciOiJIUzI1NiJ9`, `ey${'J'}zdWIiOiIxMjM0NTY3ODkwIn0`, tail].join('.'),
};
const pem = [
  '-----BEGIN RSA ',
  'PRIVATE KEY-----\n',
  tail,
  '\n',
  tail,
  '\n-----END RSA ',
  'PRIVATE KEY-----',
].join('');

describe('the built-in patterns', () => {
  it.each(Object.entries(fake))('scrub a key of %s, wherever it stands', (_, key) => {
    const redactor = createRedactor();
    expect(redactor.redact(key)).toBe(REDACTED);
    expect(redactor.redact(`use "${key}", please`)).toBe(`use "${REDACTED}", please`);
    expect(redactor.redact(`KEY=${key}\nnext`)).toBe(`KEY=${REDACTED}\nnext`);
    expect(redactor.redact(JSON.stringify({ apiKey: key }))).toBe(JSON.stringify({ apiKey: REDACTED }));
    expect(redactor.count).toBe(4);
  });

  it('scrub an authorization header', () => {
    const { redact } = createRedactor();
    expect(redact(`Authorization: ${['Bea', 'rer'].join('')} ${tail}==`)).toBe(`Authorization: ${REDACTED}`);
  });

  it('scrub a private key, also one that was cut off and one inside of JSON', () => {
    const { redact } = createRedactor();
    expect(redact(`before\n${pem}\nafter`)).toBe(`before\n${REDACTED}\nafter`);
    expect(redact(`before\n${pem.slice(0, 60)}`)).toBe(`before\n${REDACTED}`);
    expect(redact(JSON.stringify({ pem }))).toBe(JSON.stringify({ pem: REDACTED }));
  });

  it('scrub the password of a connection string and nothing else of it', () => {
    const { redact } = createRedactor();
    const url = (password: string) => `postgres://user:${password}@db.local:5432/app`;
    expect(redact(url('hunter2'))).toBe(url(REDACTED));
    expect(redact('redis://:p4ss@host')).toBe(`redis://:${REDACTED}@host`);
  });

  it.each([
    'Ask the task-force about risk-averse disk-based sk- prefixes; sk-learn is a library.',
    'const token = await getToken(); // bearer of good news',
    'https://example.com:8080/path?user=a@b.c and mailto:someone@example.com',
    'see https://example.com/a:b, git@github.com:owner/repo.git and npm:@scope/name@1.2.3',
    '3f9a1c9e-0000-4000-8000-1b2c3d4e5f60 d41d8cd98f00b204e9800998ecf8427e',
    'eyJ is how a token begins. AKIA, ghp_ and xoxb- are prefixes, AIza too.',
    '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----',
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ',
  ])('leave ordinary text alone: %s', (text) => {
    const redactor = createRedactor();
    expect(redactor.redact(text)).toBe(text);
    expect(redactor.count).toBe(0);
  });

  it.each([
    ['a.b.c', 'a.'],
    ['tokens cut short', `ey${'J'}-`],
    ['schemes', 'a://'],
    ['schemes with a user', 'a://b:'],
    ['bearers', 'bearer '],
    ['spaces', 'bearer          '],
    ['private keys without an end', '-----BEGIN '],
    ['prefixes', 'sk-'],
  ])('take time linear in a hostile text of %s', (_, piece) => {
    const { redact } = createRedactor();
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
    const started = performance.now();
    redact(text);
    // About 10 ms; a quadratic pattern takes minutes.
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('secrets and patterns of your own', () => {
  it('scrub exactly those values, special characters included', () => {
    const { redact } = createRedactor({ secrets: ['p.a$s(w)o+rd', 'short', 'abcdef', 'abcdefghij'] });
    expect(redact('p.a$s(w)o+rd pxa$s(w)o+rd')).toBe(`${REDACTED} pxa$s(w)o+rd`);
    expect(redact('too short')).toBe('too short');
    expect(redact('abcdefghij!')).toBe(`${REDACTED}!`);
  });

  it('are found inside of JSON text, too', () => {
    const secret = 'line\n"quoted"\\';
    const { redact } = createRedactor({ secrets: [secret] });
    expect(redact(JSON.stringify({ args: secret }))).toBe(JSON.stringify({ args: REDACTED }));
  });

  it('keep the flags of a pattern, replace every match and have no memory', () => {
    const { redact } = createRedactor({ patterns: [/customer-\d+/i, /^x$/m, /sticky/y] });
    for (let i = 0; i < 2; i++) {
      expect(redact('CUSTOMER-1 customer-22')).toBe(`${REDACTED} ${REDACTED}`);
      expect(redact('a\nx\nb')).toBe(`a\n${REDACTED}\nb`);
      expect(redact('is sticky')).toBe(`is ${REDACTED}`);
    }
  });

  it('never scrub the words that the journal itself is written in', async () => {
    const log = createCallLog({ dir: tempDir(), tree: false, redact: { patterns: [/[a-z_]+/] } });
    const { journalPath } = log.defaultRun();
    const usage = { input_tokens: 1, source: 'provider' } as const;
    log.logger(callStart('1', { agent: { id: '2' }, messages: [{ 7: 'words' }] }));
    log.logger({ type: 'attempt.start', call_id: '1', number: 1, provider: 'p', model: 'm' });
    const error = { type: 'E', message: 'text' };
    log.logger({ type: 'attempt.end', call_id: '1', number: 1, status: 'timeout', error, usage });
    log.logger({ type: 'tool.start', call_id: '1', tool_call_id: '3', name: 'f' });
    log.logger({ type: 'tool.end', call_id: '1', tool_call_id: '3', status: 'denied' });
    const chunks = { ends: [1], at_ms: [1] };
    log.logger(callEnd('1', { reply: { finish_reason: 'x', message: { 7: 'words' } }, usage, chunks }));
    log.logger({ type: 'message', message_id: '4', from: '2', status: 'dead_lettered', content: 'words' });
    await log.close();
    const { agents, messages, orphans, audit } = await readTree(journalPath);
    expect({ orphans, damaged: audit.damaged_lines }).toEqual({ orphans: [], damaged: 0 });
    expect(agents).toMatchObject([
      { id: '2', calls: [{ status: 'ok', usage, attempts: [{ status: 'timeout' }] }] },
    ]);
    expect(agents[0]?.calls[0]).toMatchObject({
      tool_calls: [{ status: 'denied' }],
      post: { message: { 7: REDACTED } },
    });
    expect(messages).toMatchObject([{ status: 'dead_lettered', content: REDACTED }]);
  });

  it('ignore an empty match', () => {
    const redactor = createRedactor({ patterns: [/z*/] });
    expect(redactor.redact('abc')).toBe('abc');
    expect(redactor.count).toBe(0);
  });

  it('turn off with false', () => {
    const { openai = '' } = fake;
    expect(createRedactor(false).redact(openai)).toBe(openai);
  });
});

describe('in the files', () => {
  it('nothing is left of twenty secrets, wherever they were planted', async () => {
    const own = Array.from({ length: 20 - Object.keys(fake).length }, (_, i) => `own-secret-"${i}"\\`);
    const secrets = [...Object.values(fake), ...own];
    expect(secrets).toHaveLength(20);
    const log = createCallLog({
      dir: tempDir(),
      tree: 'inline',
      redact: { secrets: own },
      defaultRun: {
        id: 'main',
        name: secrets.join(),
        metadata: Object.fromEntries(secrets.map((s) => [s, s])),
      },
    });
    for (const [i, secret] of secrets.entries()) {
      const c = `${i}.${secret}`;
      log.logger(
        callStart(c, {
          agent: { id: `agent ${secret}`, name: secret, role: secret },
          provider: secret,
          model: `model ${secret}`,
          messages: [
            {
              role: 'user',
              name: secret,
              content: [{ type: 'text', text: `key: ${secret}.` }],
              [secret]: secret,
            },
          ],
          parameters: { user: secret, [secret]: [secret] },
          tools: [{ type: 'function', function: { name: 'f', description: secret } }],
          metadata: { [secret]: { secret, error: new Error(secret) } },
        }),
      );
      log.logger({ type: 'attempt.start', call_id: c, number: 1, provider: secret, model: secret });
      log.logger({
        type: 'attempt.end',
        call_id: c,
        number: 1,
        status: 'error',
        error: { type: 'E', message: secret },
      });
      log.logger({
        type: 'tool.start',
        call_id: c,
        tool_call_id: 't',
        name: secret,
        arguments: JSON.stringify({ secret }),
      });
      log.logger({
        type: 'tool.end',
        call_id: c,
        tool_call_id: 't',
        status: 'ok',
        result: { [secret]: secret },
      });
      log.logger(callEnd(c, { reply: { id: secret, message: { role: 'assistant', content: secret } } }));
      log.logger({
        type: 'message',
        message_id: `m${i}`,
        from: secret,
        to: secret,
        content: secret,
        status: 'delivered',
      });
    }
    await expect(log.run({ id: 'r1' }, () => Promise.reject(new Error(secrets.join())))).rejects.toThrow();
    await log.close();
    const bytes = everyByteIn(tempDir());
    for (const secret of secrets) {
      expect(bytes.includes(secret), secret).toBe(false);
      expect(bytes.includes(JSON.stringify(secret).slice(1, -1)), secret).toBe(false);
    }
    // What is left is still a run in which everything belongs together.
    const tree = await readTree(log.defaultRun().journalPath);
    expect(tree.orphans).toEqual([]);
    expect(tree.audit.damaged_lines).toBe(0);
    expect(tree.audit.redactions).toBeGreaterThan(400);
    for (const call of tree.agents.flatMap(({ calls }) => calls))
      expect(call).toMatchObject({ status: 'ok', pre: { exact: false }, attempts: [{ status: 'error' }] });
  });

  it('each run counts its own redactions', async () => {
    const log = createCallLog({ dir: tempDir(), tree: false });
    const { openai = '' } = fake;
    const one = await log.run({ id: 'one' }, (run) => {
      log.logger(callStart('a', { messages: [{ role: 'user', content: openai }] }));
      return run.journalPath;
    });
    const two = await log.run({ id: 'two' }, (run) => run.journalPath);
    await log.close();
    expect((await readTree(one)).audit.redactions).toBe(1);
    expect((await readTree(two)).audit.redactions).toBe(0);
  });

  it('a request without a secret is exact and says nothing about it', async () => {
    const log = createCallLog({ dir: tempDir(), tree: false });
    log.logger(callStart('a'));
    expect(readRecords(log.defaultRun().journalPath).at(-1)).not.toHaveProperty('exact');
    await log.close();
  });

  it('a text that overwhelms a pattern is dropped, and its event stays', async () => {
    const log = createCallLog({ dir: tempDir(), tree: false, redact: { patterns: [/(?:a|b)*c/] } });
    const { journalPath } = log.defaultRun();
    log.logger(callStart('a', { messages: [{ role: 'user', content: 'a'.repeat(12_000_000) }] }));
    await log.close();
    const [agent] = (await readTree(journalPath)).agents;
    expect(agent?.calls).toMatchObject([
      {
        id: 'a',
        pre: { exact: false, messages: [{ role: 'user', content: '[dropped: redaction failed]' }] },
      },
    ]);
  });
});
