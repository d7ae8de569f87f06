import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noRedis, type RedisServer, startRedis } from '../../packages/agents/test/start-redis.ts';

const folder = join(import.meta.dirname, '..');
const examples = readdirSync(folder).filter((name) => /^\d\d-.*\.ts$/.test(name));

/** What each example prints, and the files it leaves. */
const expected: Record<string, { prints: RegExp; leaves?: RegExp[]; takes?: () => string[] }> = {
  '01-record-any-call.ts': { prints: /^recorded in logs.*\.jsonl\n$/, leaves: [/\.jsonl$/, /\.json$/] },
  '02-one-client.ts': { prints: /\nstop: \d+ tokens in, \d+ out\n$/ },
  '03-agents.ts': {
    prints: /^simple \(assistant\): [\s\S]*chaos \(provocateur\): [\s\S]*shouter \(agent\): HOW SHOULD/,
  },
  '04-exchange.ts': {
    prints: /^completed: 4 calls, 5 messages\nuser: 0 calls.*\nsimple: 2 calls.*\nchaos: 2 calls/,
  },
  '05-draw-a-run.ts': { prints: /^sequenceDiagram\n[\s\S]*Is it raining/, leaves: [/run\.html$/] },
  '06-your-own-pino.ts': {
    prints: /my-run\.json\n$/,
    leaves: [/my-run\.json$/, /my-run\.jsonl$/, /app\.log$/],
  },
  '07-answer-from-the-record.ts': { prints: /^the same answer, from the record\n$/ },
  '08-record-your-openai-client.ts': {
    prints: /^engineer: ok, 1 attempt\npoet: aborted, 1 attempt\n$/,
    leaves: [/\.jsonl$/, /\.json$/],
  },
  '09-budgets.ts': {
    prints:
      /^paid once, and on both accounts\nthe budget "poet" has \$0\.\d+ of \$0\.01 left .* may come to \$0\.05/,
  },
  '10-test-agents.ts': { prints: /^Up\. \(1 call\)\nStill up\. \(3 attempts, 3 requests\)\n$/ },
  '11-objects-and-tools.ts': { prints: /^\d+ steps in [1-9] weeks\n.*Bern.*clear.*\n$/ },
  '12-response-cache.ts': {
    prints: /^the same answer\nrequests: 1, cached: true, cost: \$0\n$/,
    leaves: [/replies\.db$/],
  },
  '13-stream-an-object.ts': { prints: /^(\d+ steps so far\n){2,}".+" takes [1-9] weeks\n$/ },
  '14-plan-do-review.ts': {
    prints:
      /^(\w+ success \(calculate → \{"value":480\}; read_file → pens: 12 boxes, 40 pens each; query_stock → \[.*\]\)\n)+2 criteria judged: (true|false)\n$/,
    leaves: [/order\.txt$/, /\.jsonl$/, /\.json$/],
  },
  '15-kinds-of-agents.ts': {
    prints: /^boss: Yes to: Let the boss decide.*\ntell_time: It is noon\. \/ .*noon.*\npoet: true\n$/,
  },
  '16-approvals-and-guardrails.ts': {
    prints: /^approval refund\ndone refunded 120, once \(32 characters\)\nblocked no passwords, please\n$/,
    leaves: [/pending\.json$/],
  },
  '17-memory.ts': {
    prints:
      /^the summary stands for 2 messages\nYou know birds\. \/ It rains\.\nversion_conflict\nfound: A heron .* \(replaced: true\)\nAnna lives in Bern\. Anna likes owls\.\n$/,
  },
  '18-memory-in-sqlite.ts': {
    prints: /^nothing was said before\nsent 1 messages; the session is at version 2\n$/,
    leaves: [/^memory\.db$/],
  },
  '19-memory-in-redis.ts': {
    prints: noRedis === undefined ? /^1 messages, version 1\n$/ : /^memory_unavailable: .*ECONNREFUSED/,
    takes: () => [redis?.url ?? 'redis://127.0.0.1:9'],
  },
  '20-sessions.ts': {
    prints:
      /^goes on after 2 messages\na summary stands for messages: true\nmessages that were said: 18\nAda likes herons\.\n$/,
    leaves: [/^talk\.sqlite$/],
  },
  '21-handoff.ts': { prints: /^answered by money in 2 steps\nfront → money\n$/ },
  '22-mcp.ts': { prints: /^kitchen\.find_recipe: ok: .*take what is there\.\n$/ },
  '23-patterns.ts': {
    prints:
      /^max_turns: 5 turns, the last word has ben\ndone: editor\ndone: answered by money\n(\d+) of \1 messages handled\n$/,
    leaves: [/\.jsonl$/, /\.json$/],
  },
  '24-patterns-of-work.ts': {
    prints:
      /^pipeline: done, 5 turns, from polish\nplanExecuteReview: done\ngraph: 3, ended at done after 4 steps\nevery message has ended: true\n$/,
    leaves: [/\.jsonl$/, /\.json$/],
  },
  '25-workers.ts': {
    prints:
      noRedis === undefined
        ? /^max_turns: 4 calls, made by assistant in a worker\n$/
        : /^redis_unavailable: .*ECONNREFUSED/,
    takes: () => [redis?.url ?? 'redis://127.0.0.1:9'],
  },
  '26-pictures.ts': {
    prints: /^flowchart LR\n[\s\S]*×2[\s\S]*\n4 nodes, 6 edges\n$/,
    leaves: [/^run\.html$/, /^run\.svg$/, /^run\.md$/, /^run\.csv$/, /^run\.dot$/],
  },
  '27-compare-runs.ts': {
    prints:
      /^on the critical path: .*(ada|ben) \d+ ms.*\nwith ada twice as fast: \d+ ms\nfirst difference: call 1 of ben \(messages, .*\)\n$/,
    leaves: [/^report\.md$/, /^diff\.html$/],
  },
};

let redis: RedisServer | undefined;
const redisFolder = mkdtempSync(join(tmpdir(), 'pd-example-redis-'));
beforeAll(async () => {
  if (noRedis === undefined) redis = await startRedis(redisFolder);
});
afterAll(async () => {
  await redis?.kill();
  rmSync(redisFolder, { recursive: true, force: true });
});

describe('examples', () => {
  it('are all tried here', () => {
    expect(examples).toEqual(Object.keys(expected));
  });

  it.each(examples)('%s', async (name) => {
    const directory = mkdtempSync(join(tmpdir(), 'pd-example-'));
    try {
      const args = [join(folder, name), ...(expected[name]?.takes?.() ?? [])];
      const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: directory });
      expect(stdout).toMatch(expected[name]?.prints ?? /^$/);
      const left = readdirSync(directory, { recursive: true }).map(String);
      for (const file of expected[name]?.leaves ?? [])
        expect(left).toContainEqual(expect.stringMatching(file));
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
