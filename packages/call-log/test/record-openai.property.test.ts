import OpenAI from 'openai';
import { expect, it } from 'vitest';
import { createCallLog } from '../src/call-log.ts';
import { withAgent } from '../src/identity/context.ts';
import { recordOpenAI } from '../src/openai.ts';
import { readTree } from '../src/reader/read-tree.ts';
import { useTempDir } from './helpers.ts';
import { completion, events, json, reset, startTestServer, stop, tooMany, words } from './openai-server.ts';

const dir = useTempDir();

/** A generator of numbers below `n` that gives the same ones for the same seed. */
function createRandom(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

it.each([1, 2, 3])(
  'whatever happens, calls and attempts on record are those that were made (seed %i)',
  async (seed) => {
    const random = createRandom(seed);
    await using server = await startTestServer((res, req) => {
      const faults = [tooMany({ 'retry-after-ms': '1' }), json({}, 500, { 'retry-after-ms': '1' }), reset];
      const fault = faults[random(8)];
      if (fault !== undefined) return fault(res, req);
      const asked = server.requests.at(-1);
      if (asked?.stream !== true) return json(completion())(res, req);
      const end = (['done', 'end', 'reset'] as const)[random(3)] ?? 'done';
      return events(random(2) ? [...words('a', 'b'), stop] : words('a', 'b'), end)(res, req);
    });
    const log = createCallLog({ dir: dir(), tree: false });
    const client = recordOpenAI(
      new OpenAI({ apiKey: 'k', baseURL: server.url, maxRetries: 2, logLevel: 'off' }),
      { logger: log.logger },
    );
    const one = async (number: number, kind: number) => {
      const request = { model: 'm', messages: [{ role: 'user' as const, content: `ask ${number}` }] };
      const controller = new AbortController();
      if (kind === 0) return client.chat.completions.create(request);
      if (kind === 1) return (await client.chat.completions.create(request).asResponse()).text();
      const stream = await client.chat.completions.create(
        { ...request, stream: true },
        { signal: controller.signal },
      );
      for await (const _ of stream) {
        if (kind === 2) break;
        if (kind === 3) controller.abort();
        if (kind === 4) stream.controller.abort();
      }
      return undefined;
    };
    const calls = Array.from({ length: 200 }, (_, number) => ({
      number,
      kind: random(6),
      agent: `agent${random(5)}`,
    }));
    const { journalPath } = await log.run({}, async (run) => {
      await Promise.allSettled(
        calls.map(({ number, kind, agent }) => withAgent({ id: agent }, () => one(number, kind))),
      );
      return run;
    });
    await log.close();

    const tree = await readTree(journalPath);
    const recorded = tree.agents.flatMap((agent) => agent.calls.map((call) => ({ agent: agent.id, call })));
    expect(tree.orphans).toEqual([]);
    expect(recorded).toHaveLength(calls.length);
    expect(recorded.filter(({ call }) => call.status === 'open' || call.status === 'interrupted')).toEqual(
      [],
    );
    expect(recorded.reduce((sum, { call }) => sum + call.attempts.length, 0)).toBe(server.requests.length);
    for (const { agent, call } of recorded) {
      const number = Number(String(call.pre.messages.at(-1)?.content).slice('ask '.length));
      expect(agent).toBe(calls[number]?.agent);
      expect(call.attempts.map((attempt) => attempt.number)).toEqual(
        call.attempts.map((_, index) => index + 1),
      );
      expect(call.attempts.filter(({ status }) => status === 'open')).toEqual([]);
    }
  },
);
