import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { readTree } from '@pd/call-log';
import { startOfflineServer } from '@pd/llm-client/offline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noRedis, startRedis } from '../../../packages/agents/test/start-redis.ts';
import { runDemo, startDemo } from './run-demo.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pd-demo-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const files = (ending: string) => readdirSync(dir).filter((name) => name.endsWith(ending));
const only = (ending: string) => {
  const [name, ...more] = files(ending);
  if (name === undefined || more.length > 0) throw new Error(`expected one *${ending}: ${readdirSync(dir)}`);
  return join(dir, name);
};

describe('the exchange', () => {
  it('runs without key or server, shows it, and leaves journal, tree and page', async () => {
    const { code, stdout, stderr } = await runDemo(['--turns', '4', '--log-dir', dir]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('a stand-in, not a language model');
    expect(stdout).not.toContain('\u001b');
    expect(stdout.match(/^simple → chaos$/gm)).toHaveLength(2);
    expect(stdout.match(/^chaos → simple$/gm)).toHaveLength(2);
    expect(stdout).toMatch(/^simple +2 +0 +\d+ +\d+ +offline +\d+ ms$/m);
    for (const ending of ['.jsonl', '.json', '.html']) expect(stdout).toContain(only(ending));

    const snapshot = JSON.parse(readFileSync(only('.json'), 'utf8'));
    expect(snapshot).toEqual(await readTree(only('.jsonl')));
    expect(snapshot.run).toMatchObject({
      name: 'exchange',
      status: 'completed',
      totals: { calls: 4, attempts: 4, errors: 0 },
    });
    expect(snapshot.agents.map(({ id }: { id: string }) => id)).toEqual(['user', 'simple', 'chaos']);
    for (const { calls } of snapshot.agents) {
      for (const call of calls) {
        expect(call).toMatchObject({ status: 'ok', agent_source: 'explicit', usage: { source: 'provider' } });
        expect(stdout).toContain(call.post.message.content);
      }
    }
  });

  it('says the same again with the same seed, and something else with another', async () => {
    const words = async (seed: string) => {
      const { stdout } = await runDemo(['--turns', '2', '--json', '--seed', seed, '--log-dir', dir]);
      const events = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(events.at(-1)).toMatchObject({ type: 'summary', run: { status: 'completed' }, offline: true });
      return events.filter(({ type }) => type === 'turn-end').map(({ reply }) => reply.content);
    };
    const [first, again, other] = await Promise.all([words('7'), words('7'), words('8')]);
    expect(first).toHaveLength(2);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('goes on with a session: the second run knows what was said in the first', async () => {
    const run = (...more: string[]) =>
      runDemo(['--session', 'Ada & co', '--turns', '2', '--json', '--log-dir', dir, ...more]);
    const lines = (stdout: string) =>
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
    const first = await run('--topic', 'Should zebras wear pyjamas?');
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const [, ...said] = lines(first.stdout)
      .filter(({ type }) => type === 'turn-end')
      .map(({ reply }) => reply.content);
    const second = await run();
    expect(second).toMatchObject({ code: 0, stderr: '' });
    expect(lines(second.stdout)[0].label).toContain('session Ada & co goes on after 3 messages');
    // Runs are named by time.
    const tree = JSON.parse(readFileSync(join(dir, files('.json').sort()[1] ?? ''), 'utf8'));
    const { messages } = tree.agents[1].calls[0].pre;
    expect(messages.map(({ content }: { content: string }) => content)).toEqual([
      expect.stringContaining('careful, practical'),
      'Should zebras wear pyjamas?',
      expect.any(String),
      `chaos: ${said[0]}`,
      'Let us go on from where we stopped.',
    ]);
  });

  it.skipIf(noRedis)(`keeps sessions in the Redis of REDIS_URL (${noRedis ?? 'a real one'})`, async () => {
    const redis = await startRedis(dir);
    try {
      const run = () =>
        runDemo(['--session', 'ada', '--turns', '2', '--log-dir', dir], { REDIS_URL: redis.url });
      expect((await run()).stdout).toContain('session ada begins, kept in Redis');
      const second = await run();
      expect(second).toMatchObject({ code: 0, stderr: '' });
      expect(second.stdout).toContain('session ada goes on after 3 messages');
    } finally {
      await redis.kill();
    }
    const gone = await runDemo(['--session', 'ada', '--log-dir', dir], { REDIS_URL: redis.url });
    expect(gone.code).toBe(2);
    expect(gone.stderr).toMatch(/--session ada: .*Redis/);
  });

  it('talks about the topic', async () => {
    const { stdout } = await runDemo([
      '--turns',
      '1',
      '--topic',
      'Should zebras wear pyjamas?',
      '--log-dir',
      dir,
    ]);
    expect(stdout).toMatch(/zebra|pyjama/i);
  });

  it('asks the server and the model it is told to', async () => {
    await using server = await startOfflineServer({ apiKey: 'right-key' });
    const args = ['--turns', '2', '--base-url', server.url, '--model', 'stand-in-1', '--log-dir', dir];
    const { code, stdout, stderr } = await runDemo(args, { OPENAI_APY_KEY: 'right-key' });
    expect(code).toBe(0);
    expect(stderr).toBe('OPENAI_APY_KEY is read as OPENAI_API_KEY: please rename it\n');
    expect(stdout).toContain(`stand-in-1 of custom at ${server.url}`);
    expect(stdout).toMatch(/^simple .* unpriced /m);
    expect(server.totals).toMatchObject({ requests: 2, errors: 0 });
    expect(readFileSync(only('.jsonl'), 'utf8')).not.toContain('right-key');
  });
});

describe('a recording', () => {
  it('is played with every speaker as an agent', async () => {
    const script = join(dir, 'talk.conversation');
    const history = [
      { role: 'human', content: 'Hello' },
      { role: 'Planner (-> Coder)', content: 'Write it.\r\n\u001b[31mred' },
      { role: 'Coder', content: '```js\n1 < 2\n```' },
      { role: 'Terminal', content: '' },
    ];
    writeFileSync(script, JSON.stringify({ history }));
    const { code, stdout, stderr } = await runDemo(['--script', script, '--log-dir', dir]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toContain('\u001b');
    const tree = await readTree(only('.jsonl'));
    expect(tree.messages.map(({ from, content }) => [from, content])).toEqual([
      ['human', 'Hello'],
      ['Planner', history[1]?.content],
      ['Coder', history[2]?.content],
      ['Terminal', ''],
    ]);
    expect(tree.run.totals).toMatchObject({ calls: 2, errors: 0 });
  });
});

describe('what goes wrong is said in one line', () => {
  it.each<[string, string[], RegExp]>([
    ['an unknown flag', ['--tunrs', '3'], /--tunrs.*--help/],
    ['a number that is none', ['--turns', 'many'], /--turns many: give a whole number/],
    ['no turns', ['--turns', '0'], /--turns 0/],
    ['an argument too many', ['talk'], /talk/],
    ['an empty session', ['--session', ''], /--session is empty/],
    ['a session with a recording', ['--session', 'x', '--script', 'y'], /leave out --session/],
    ['an unknown scenario', ['--scenario', 'grpah'], /no scenario "grpah": did you mean graph\?/],
    ['a scenario in a session', ['--scenario', 'plan', '--session', 'x'], /leave out --scenario/],
    ['an unknown run', ['--resume', 'yesterday'], /there is no run yesterday in /],
    ['a run that is a path', ['--resume', '../x'], /"\.\.\/x" is no id of a run/],
    ['two ways to go on', ['--resume', 'x', '--fork', 'y'], /leave out one of them/],
    ['a decision for nobody', ['--allow', 'x'], /name it with --resume/],
    [
      'a decision and its contrary',
      ['--resume', 'x', '--allow', 'y', '--deny', 'y'],
      /both allowed and denied/,
    ],
    ['workers without being distributed', ['--workers', '3'], /add --distributed/],
    ['a session of several processes', ['--distributed', '--session', 'x'], /leave out --distributed/],
    ['a fork without a message', ['--fork', 'x'], /which message is to say what\?/],
    ['a run with another topic', ['--resume', 'x', '--topic', 'y'], /leave out --topic/],
    ['an empty topic', ['--topic', ' '], /--topic is empty/],
    ['a URL that is none', ['--base-url', 'localhost:1'], /--base-url: give a full URL/],
    ['a server without a model', ['--base-url', 'http://127.0.0.1:1/v1'], /--model/],
    ['a missing key', ['--model', 'groq/llama'], /GROQ_API_KEY/],
    ['an unknown provider', ['--model', 'acme/llama'], /"acme".*is not known/],
    ['an empty script', ['--script', ''], /--script is empty/],
    [
      'a password in a URL',
      ['--base-url', 'http://bob:secret@localhost/v1', '--model', 'm'],
      /without a password/,
    ],
    ['a missing script', ['--script', 'nowhere.json'], /nowhere\.json: there is no such file/],
    ['a folder as a script', ['--script', '.'], /folder/],
    ['a script with a model', ['--script', 'a.json', '--model', 'x'], /leave out --model/],
    [
      'a log folder below a file',
      ['--log-dir', join(import.meta.filename, 'logs')],
      /nothing can be written to/,
    ],
  ])('%s', async (what, args, line) => {
    const { code, stdout, stderr } = await runDemo(
      args.includes('--log-dir') ? args : [...args, '--log-dir', dir],
    );
    expect(code, what).toBe(2);
    expect(stderr.trimEnd().split('\n'), stderr).toHaveLength(1);
    expect(stderr).toMatch(line);
    expect(stdout).toBe('');
    expect(files('.jsonl')).toEqual([]);
  });

  it.each([
    ['not JSON', '{"history": ['],
    ['no conversation', '{"history": [{"content": 7}]}'],
    ['empty', '[]'],
  ])('a script that is %s', async (_what, text) => {
    const script = join(dir, 'bad.txt');
    writeFileSync(script, text);
    const { code, stdout, stderr } = await runDemo(['--script', script, '--log-dir', dir]);
    expect(code).toBe(2);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
  });

  it('an unreachable server, and the record stays readable', async () => {
    const { code, stdout, stderr } = await runDemo([
      '--base-url',
      'http://127.0.0.1:9/v1',
      '--model',
      'm',
      '--log-dir',
      dir,
    ]);
    expect(code).toBe(1);
    expect(stderr.trimEnd()).toMatch(/^cannot reach http:\/\/127\.0\.0\.1:9\/v1: /);
    expect(stdout).toContain(only('.html'));
    const tree = await readTree(only('.json'));
    expect(tree.run).toMatchObject({ status: 'failed', totals: { calls: 1, errors: 1 } });
    expect(tree.messages.map(({ status }) => status)).toEqual(['rejected']);
  });

  it('a wrong key, which is written nowhere', async () => {
    await using server = await startOfflineServer({ apiKey: 'right-key' });
    const args = ['--base-url', server.url, '--model', 'stand-in-1', '--log-dir', dir];
    const { code, stderr } = await runDemo(args, { OPENAI_API_KEY: 'sk-entirely-wrong-key-0123456789' });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^401 .*key/i);
    for (const name of readdirSync(dir)) {
      expect(readFileSync(join(dir, name), 'utf8')).not.toContain('entirely-wrong-key');
    }
  });

  it('help is no error', async () => {
    const { code, stdout } = await runDemo(['--help']);
    expect(code).toBe(0);
    for (const flag of [
      'scenario',
      'distributed',
      'workers',
      'resume',
      'allow',
      'deny',
      'fork',
      'message',
      'say',
      'turns',
      'topic',
      'model',
      'base-url',
      'seed',
      'script',
      'open',
      'log-dir',
      'json',
      'help',
    ]) {
      expect(stdout).toContain(`--${flag}`);
    }
  });
});

describe.skipIf(process.platform === 'win32')('stopping (needs POSIX signals)', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends the run cleanly, with everything complete', async (signal, exitCode) => {
    const demo = startDemo(['--turns', '50', '--log-dir', dir]);
    await demo.printed('chaos → simple');
    demo.child.kill(signal);
    const { code, stdout, stderr } = await demo.ended;
    expect(code).toBe(exitCode);
    expect(stderr).toMatch(/^stopped (with Ctrl-C|by SIGTERM)\n$/);
    expect(stdout).toContain(only('.html'));
    expect(stdout).toContain(`demo --resume ${basename(only('.jsonl'), '.jsonl')} --log-dir`);
    const snapshot = JSON.parse(readFileSync(only('.json'), 'utf8'));
    expect(snapshot).toEqual(await readTree(only('.jsonl')));
    expect(snapshot.run.status).toBe('interrupted');
    expect(snapshot.audit).toMatchObject({ dropped: 0, damaged_lines: 0 });
    const statuses = snapshot.agents.flatMap((agent: { calls: { status: string }[] }) =>
      agent.calls.map(({ status }) => status),
    );
    expect(statuses.filter((status: string) => status !== 'ok')).toEqual(['aborted']);
  });

  it('stops when nobody reads its output any more', async () => {
    const demo = startDemo(['--turns', '50', '--log-dir', dir]);
    await demo.printed('chaos → simple');
    demo.child.stdout?.destroy();
    const { code } = await demo.ended;
    expect(code).toBe(141);
    expect((await readTree(only('.jsonl'))).run.status).toBe('interrupted');
  });
});
