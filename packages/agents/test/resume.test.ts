import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunTree, readTree } from '@pd/call-log';
import { callsById, canonicalTree, expandRequest } from '@pd/call-log/reader';
import { type ReceivedRequest, startTestServer, type TestAnswer } from '@pd/llm-client/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TURNS, workIn } from './fixtures/resumable.ts';

let parent = '';
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'pd-agents-resume-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const RUN = 'run-1';
const folder = (name: string) => {
  const dir = join(parent, name);
  mkdirSync(dir);
  return dir;
};
const journal = (dir: string) => join(dir, `${RUN}.jsonl`);

/** A model that asks for tools first, and then says what came of them. */
function answer({ body }: ReceivedRequest): TestAnswer {
  const { model, messages } = body as { model: string; messages: { role: string; content: string }[] };
  const question = messages.findLast(({ role }) => role === 'user')?.content ?? '';
  const results = messages.slice(messages.findLastIndex(({ role }) => role === 'user') + 1);
  const told = results.filter(({ role }) => role === 'tool').map(({ content }) => content);
  if (told.length > 0) return { text: `${model} has ${told.join(' and ')}`.slice(0, 200) };
  if (model === 'worker') return { toolCalls: [{ id: 'w', name: 'count', arguments: { text: question } }] };
  return {
    toolCalls: [
      { id: 'a', name: 'ask_worker', arguments: { message: `Count: ${question}` } },
      { id: 'b', name: 'note', arguments: { text: question } },
    ],
  };
}

/** Without what depends on how the record was cut into pieces. */
function comparable(tree: RunTree) {
  const byId = callsById(tree);
  const agents = tree.agents.map((agent) => ({
    ...agent,
    calls: agent.calls.map((call) => {
      const { history: _, ...pre } = call.pre;
      return { ...call, pre: { ...pre, messages: expandRequest(call, byId) } };
    }),
  }));
  const canonical = canonicalTree({ ...tree, agents });
  return { agents: canonical.agents, messages: canonical.messages };
}

interface Effect {
  tool: string;
  text: string;
  idempotencyKey: string;
}

function effectsIn(dir: string): Effect[] {
  const path = join(dir, 'effects.jsonl');
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const keysOf = (effects: Effect[]) =>
  new Set(effects.map(({ tool, text, idempotencyKey }) => `${tool} ${text} ${idempotencyKey}`));
const attemptsOf = (tree: RunTree) => tree.run.totals.attempts;

/** The whole run in one piece, and a copy of its journal that ends after so many records. */
async function uncut(url: string) {
  const dir = folder('whole');
  const said = await workIn(dir, RUN, url);
  const tree = await readTree(journal(dir));
  const lines = readFileSync(journal(dir), 'utf8').trimEnd().split('\n');
  return { dir, said, tree, lines, effects: effectsIn(dir) };
}

it('two agents with tools go on after any record: no finished call is sent again, no finished tool is run again', async () => {
  await using server = await startTestServer({ answers: answer });
  const whole = await uncut(server.url);
  expect(whole.effects).toHaveLength(2 * TURNS);
  for (let length = 1; length <= whole.lines.length; length++) {
    const record = whole.lines.slice(0, length);
    // One write with the end of its call.
    if (record.at(-1)?.includes('"attempt.end"')) continue;
    const dir = folder(`cut-${length}`);
    const [header = '{}', ...rest] = record;
    // No process has this id.
    const dead = JSON.stringify({ ...JSON.parse(header), pid: 2 ** 22 + 1 });
    writeFileSync(journal(dir), `${[dead, ...rest].join('\n')}\n`);
    const before = await readTree(journal(dir));
    const finished = before.agents
      .flatMap(({ calls }) => calls)
      .filter(({ status }) => status === 'ok').length;
    const sent = server.requests.length;
    expect(await workIn(dir, RUN, server.url)).toBe(whole.said);
    const tree = await readTree(journal(dir));
    expect(comparable(tree), `after ${length} records`).toEqual(comparable(whole.tree));
    expect(server.requests.length - sent).toBe(whole.tree.run.totals.calls - finished);
    const told = before.agents.flatMap(({ calls }) => calls.flatMap(({ tool_calls }) => tool_calls));
    const ended = told.filter(({ name, status }) => status === 'ok' && name !== 'ask_worker').length;
    expect(effectsIn(dir)).toHaveLength(2 * TURNS - ended);
    for (const key of keysOf(effectsIn(dir))) expect(key).toMatch(/ [0-9a-f]{32}$/);
    expect(tree.orphans).toEqual([]);
  }
}, 120_000);

it('it does so when it is killed, again and again', async () => {
  await using server = await startTestServer({ answers: answer });
  const whole = await uncut(server.url);
  const program = join(import.meta.dirname, 'fixtures/resumable.ts');
  for (const [round, killAt] of [1, 3].entries()) {
    const dir = folder(`killed-${round}`);
    let heard = 0;
    let child: ReturnType<typeof spawn> | undefined;
    await using own = await startTestServer({
      answers: (request) => ({ ...answer(request), faults: [{ type: 'slow_start', delayMs: 5 }] }),
      onRequest: () => {
        if (++heard % killAt === 0 && heard < 3 * killAt + 1) child?.kill('SIGKILL');
      },
    });
    let said = '';
    for (let lives = 0; lives < 20 && said === ''; lives++) {
      child = spawn(process.execPath, [program, dir, RUN, own.url], { stdio: ['ignore', 'pipe', 'inherit'] });
      child.stdout?.setEncoding('utf8').on('data', (piece: string) => (said += piece));
      await once(child, 'close');
    }
    expect(said.trim()).toBe(whole.said);
    const tree = await readTree(journal(dir));
    expect(comparable(tree)).toEqual(comparable(whole.tree));
    // Each request is an attempt on record, and each attempt that is not interrupted was one request.
    const attempts = tree.agents.flatMap(({ calls }) => calls.flatMap((call) => call.attempts));
    const lost = attempts.filter(({ status }) => status === 'interrupted').length;
    expect(lost).toBeGreaterThan(0);
    expect(own.requests).toHaveLength(attemptsOf(tree));
    expect(attemptsOf(tree) - lost).toBe(whole.tree.run.totals.attempts);
    // A tool that was under way may be run again, with the key that it had.
    expect(keysOf(effectsIn(dir)).size).toBe(2 * TURNS);
  }
}, 120_000);
