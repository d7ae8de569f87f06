import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCallLog } from '@pd/call-log';
import { readTree } from '@pd/call-log/reader';
import type { CallNode } from '@pd/call-log/schema';
import { afterAll, describe, expect, it } from 'vitest';
import { createLLMClient, LLMClientError } from '../src/index.ts';
import { createStorm, type ReceivedRequest, startTestServer, type TestAnswer } from '../src/testing.ts';

/** The whole storm takes a minute or two: `PD_STORM_FAULTS=10000 vitest run test/storm.test.ts`. */
const FAULTS = Number(process.env.PD_STORM_FAULTS ?? 1_000);
const CONCURRENCY = 50;
/** A call that is never answered and waits for as long as it may, when the connections are warm. */
const PATIENT = 'call 3.5';
const HANG: TestAnswer = { faults: [{ type: 'hang' }] };
const directory = mkdtempSync(join(tmpdir(), 'pd-storm-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** What the caller of a call saw of it. */
interface Seen {
  id: string;
  ending: 'ok' | 'failed' | 'aborted';
  text?: string;
  attempts?: number;
}

describe(`a storm of ${FAULTS} faults`, () => {
  it('leaves nothing unaccounted for', { timeout: 1_800_000 }, async () => {
    const { seen, requests, tree, billed } = await storm(`${process.env.PD_STORM_SEED ?? 1}`);
    const calls = new Map(tree.agents.flatMap((agent) => agent.calls).map((call) => [nameOf(call), call]));
    const received = Map.groupBy(requests, nameIn);
    expect(calls.size).toBe(seen.length);
    expect(tree.orphans).toEqual([]);

    // Attempts in the tree are the requests the server has received: in sum, and call by call.
    expect(sum([...calls.values()], ({ attempts }) => attempts?.length ?? 0)).toBe(requests.length);
    for (const [name, call] of calls)
      expect([name, call.attempts?.length]).toEqual([name, received.get(name)?.length]);

    for (const { id, ending, text, attempts } of seen) {
      const call = calls.get(id);
      const last = received.get(id)?.at(-1);
      // Every call has one ending, the one its caller saw; a second one would be on record as a second line.
      expect([id, call?.status]).toEqual([
        id,
        ending === 'failed' ? expect.stringMatching(/^(error|timeout|truncated)$/) : ending,
      ]);
      expect(call?.attempts?.every(({ ended_at }) => ended_at !== undefined)).toBe(true);
      if (ending !== 'ok') continue;
      // No ending is `ok` with a reply that is not whole.
      expect([id, text]).toEqual([id, expectedText(last)]);
      expect(call?.post?.message).toMatchObject({ content: text });
      expect(attempts).toBe(received.get(id)?.length);
      // What the provider has told of its bill is on record.
      const told = call?.attempts?.at(-1)?.usage;
      if (told?.source === 'provider')
        expect([told.input_tokens, told.output_tokens]).toEqual([last?.billed?.input, last?.billed?.output]);
      else expect(last?.faults).toContainEqual(expect.stringMatching(/^(missing_usage|cut)$/));
    }
    expect(billed.input).toBe(sum(requests, (request) => request.billed?.input ?? 0));

    // It was a storm: everything went wrong many times, and every ending occurred.
    const faults = Object.groupBy(
      requests.flatMap((request) => request.faults),
      (fault) => fault,
    );
    expect(Object.keys(faults)).toHaveLength(23);
    const endings = Map.groupBy(calls.values(), ({ status }) => status);
    expect(new Set(endings.keys())).toEqual(new Set(['ok', 'error', 'aborted', 'truncated', 'timeout']));
  });
});

async function storm(seed: string) {
  const aborts = new Map<string, AbortController>();
  let faults = 0;
  const answers = createStorm({ seed });
  await using server = await startTestServer({
    answers: (request) => {
      const answer = nameIn(request) === PATIENT ? HANG : answers(request);
      faults += answer.faults?.length ?? 0;
      return answer;
    },
    // Some callers lose patience while the server works; what was not received cannot be counted.
    onRequest: (request) => aborts.get(nameIn(request))?.abort(new Error('lost patience')),
  });
  const log = createCallLog({ dir: directory });
  const client = createLLMClient({
    model: 'm',
    baseURL: server.url,
    logger: log.logger,
    retry: { maxAttempts: 3, baseDelayMs: 1, maxDelayMs: 5 },
  });
  const { result: seen, path } = await log.run({}, async (run) => {
    const all: Seen[] = [];
    const worker = async (number: number) => {
      for (let i = 0; faults < FAULTS; i++) {
        const id = `call ${number}.${i}`;
        all.push(await callOnce(client, id, aborts));
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, (_, number) => worker(number)));
    return { result: all, path: run.journalPath };
  });
  await log.close();
  return { seen, requests: server.requests, billed: server.billed, tree: await readTree(path) };
}

/** One of: a whole reply, a stream, a stream that is tried again in the middle; every 17th is aborted. */
async function callOnce(
  client: ReturnType<typeof createLLMClient>,
  id: string,
  aborts: Map<string, AbortController>,
): Promise<Seen> {
  const [worker = 0, turn = 0] = id.replace('call ', '').split('.').map(Number);
  const kind = (worker + turn) % 17;
  const abort = new AbortController();
  if (kind === 0) aborts.set(id, abort);
  const request = {
    messages: [{ role: 'user' as const, content: 'go on' }],
    user: id,
    signal: abort.signal,
    ...(id === PATIENT && { attemptTimeoutMs: 2_000 }),
  };
  try {
    if (kind % 2 === 0) {
      const { text, attempts } = await client.chat(request);
      return { id, ending: 'ok', text, attempts };
    }
    const stream = client.stream(request);
    // Others lose it in the middle of a reply.
    for await (const part of stream)
      if (kind === 1 && part.type === 'text-delta') abort.abort(new Error('heard enough'));
    const { text, attempts } = await stream.result();
    return { id, ending: 'ok', text, attempts };
  } catch (error) {
    if (LLMClientError.isInstance(error)) return { id, ending: 'failed' };
    expect(String(error)).toMatch(/lost patience|heard enough/);
    return { id, ending: 'aborted' };
  }
}

function expectedText(request: ReceivedRequest | undefined): unknown {
  return request?.faults.includes('huge_chunk')
    ? expect.stringMatching(new RegExp(`^x{100000,}${request.text}$`, 'u'))
    : request?.text;
}

/** A call goes by the name of its user, on the wire as in the log. */
function nameIn({ body }: ReceivedRequest): string {
  return (body as { user: string }).user;
}

function nameOf({ pre }: CallNode): string {
  return String((pre.parameters as { user?: unknown } | undefined)?.user);
}

function sum<T>(items: readonly T[], count: (item: T) => number): number {
  return items.reduce((total, item) => total + count(item), 0);
}
