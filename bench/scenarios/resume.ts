/**
 * How long does it take to go on with a run of 10,000 calls that was killed, until its first new request is at the server? Beside
 * reading the record alone (the floor), as lines of JSON and as a tree. The record is made once, by a process that is killed; every round
 * resumes a copy of it in a new process, and the time ends when the server, a process of its own, sees the request.
 */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCallLog, readTree } from '@pd/call-log';
import type { LogEvent, Logger } from '@pd/call-log/schema';
import { createLLMClient } from '@pd/llm-client';
import { resumeScenario, runScenario } from '@pd/scenarios';
import { inTurns } from '../measure/in-turns.ts';
import { CALLS_A_ROUND, crew } from './crew.ts';

const CALLS = 10_000;
const ROUNDS = 3;
const RUN = 'killed';

type Way = (dir: string) => Promise<Record<string, number>>;

const ways: Record<string, Way> = {
  'JSON.parse of every line': (dir) =>
    timed(() =>
      readFileSync(join(dir, `${RUN}.jsonl`), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    ),
  readTree: (dir) => timed(() => readTree(join(dir, `${RUN}.jsonl`))),
  'resumeScenario, to its first new request': (dir) => resume(dir, false),
  'the same, with the tree beside the journal': (dir) => resume(dir, true),
};

async function timed(read: () => unknown): Promise<Record<string, number>> {
  const cpu = process.cpuUsage();
  const begun = performance.now();
  await read();
  const { user, system } = process.cpuUsage(cpu);
  return { ms: performance.now() - begun, cpuMs: (user + system) / 1_000 };
}

/** The server in a process of its own. */
async function startServer() {
  const server = fork(join(import.meta.dirname, 'answering.ts'), { execArgv: [] });
  const next = async () => (await once(server, 'message'))[0] as { url?: string; requestAt?: number };
  const { url = '' } = await next();
  /** Resolves with what resolves with the time of the next request. */
  const watch = async () => {
    const watching = next();
    server.send('watch');
    await watching;
    return { first: next() };
  };
  return { url, watch, stop: () => server.disconnect() };
}

async function resume(dir: string, tree: boolean): Promise<Record<string, number>> {
  const server = await startServer();
  const { first } = await server.watch();
  const log = createCallLog({ dir, tree: tree ? 'worker' : false });
  const client = createLLMClient({ model: 'bench-1', baseURL: server.url, logger: log.logger });
  let readAt = Number.NaN;
  const scenario = crew(() => {
    readAt = now();
  });
  const controller = new AbortController();
  const cpu = process.cpuUsage();
  const begun = now();
  const ended = resumeScenario(scenario, { runId: RUN, log, client, signal: controller.signal }).catch(
    (error: unknown) => error,
  );
  const { requestAt = Number.NaN } = await Promise.race([first, ended.then((why) => Promise.reject(why))]);
  const { user, system } = process.cpuUsage(cpu);
  controller.abort(new Error('measured'));
  await ended;
  await log.close();
  server.stop();
  return {
    ms: requestAt - begun,
    readMs: readAt - begun,
    againMs: requestAt - readAt,
    cpuMs: (user + system) / 1_000,
  };
}

function now(): number {
  return performance.timeOrigin + performance.now();
}

/** Runs until so many calls are finished, and is killed by its own hand as if by another's. */
async function makeRecord(dir: string, baseURL: string): Promise<void> {
  const log = createCallLog({ dir, tree: false });
  let ended = 0;
  const tell = (event: LogEvent) => {
    if (event.type === 'call.end' && ++ended === CALLS) process.kill(process.pid, 'SIGKILL');
  };
  const logger: Logger = Object.assign(
    (event: LogEvent) => {
      log.logger(event);
      tell(event);
    },
    {
      batch(events: readonly LogEvent[]) {
        log.logger.batch?.(events);
        events.forEach(tell);
      },
    },
  );
  const client = createLLMClient({ model: 'bench-1', baseURL, logger });
  const input = { rounds: CALLS / CALLS_A_ROUND + 1 };
  await runScenario(crew(), { log: { ...log, logger }, client, runId: RUN, input, seed: 1 });
}

const [name, dir = '', baseURL = ''] = process.argv.slice(2);
if (name === 'make') await makeRecord(dir, baseURL);
else if (name !== undefined) {
  const way = ways[name];
  if (way === undefined) throw new Error(`no such way: ${name}`);
  const copy = mkdtempSync(join(tmpdir(), 'pd-bench-'));
  cpSync(dir, copy, { recursive: true });
  console.log(JSON.stringify(await way(copy)));
  rmSync(copy, { recursive: true, force: true });
  process.exit();
} else await main();

async function main(): Promise<void> {
  const made = mkdtempSync(join(tmpdir(), 'pd-bench-'));
  const server = await startServer();
  const maker = spawn(process.execPath, [import.meta.filename, 'make', made, server.url], {
    stdio: 'inherit',
  });
  await once(maker, 'exit');
  server.stop();
  if (maker.signalCode !== 'SIGKILL')
    throw new Error('the run was not killed, so there is nothing to resume');
  const mb = statSync(join(made, `${RUN}.jsonl`)).size / 2 ** 20;
  console.log(`${CALLS} calls, a journal of ${mb.toFixed(0)} MB`);
  for (const { name, figures } of inTurns(import.meta.filename, Object.keys(ways), {
    rounds: ROUNDS,
    args: [made],
  })) {
    const { ms = Number.NaN, cpuMs = Number.NaN, readMs, againMs } = figures;
    const split =
      readMs === undefined
        ? ''
        : `   ${readMs.toFixed(0)} ms to read the record, ${againMs?.toFixed(0)} ms to do it again`;
    console.log(
      `${name.padEnd(44)} ${ms.toFixed(0).padStart(6)} ms   ${cpuMs.toFixed(0).padStart(6)} ms CPU${split}`,
    );
  }
  rmSync(made, { recursive: true, force: true });
}
