/**
 * What does it take to route a message, from `post()` to `handled`? 1,000 participants, 100 messages each, no model calls:
 * beside calling the function directly (the floor), an event emitter with a queue for each (what one would write), a queue of
 * `fastq` or `p-queue` for each (what one would install), and the same with every message on record. What an agent costs by
 * itself is what `agent.respond()` takes, with a signal of its own for each message, as the coordinator gives it. Medians of the rounds; every round in a new process.
 */
import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineAgent } from '@pd/agents';
import { createCallLog } from '@pd/call-log';
import { Coordinator } from '@pd/scenarios';
import fastq from 'fastq';
import PQueue from 'p-queue';
import { inTurns } from '../measure/in-turns.ts';

const PARTICIPANTS = 1_000;
const MESSAGES = 100;
const ROUNDS = 3;
const CONTENT = 'Have you seen the bridge? '.repeat(8);

/** Sends all messages, one to each participant in every round, and waits until all are handled. */
type Send = (handle: (content: string) => Promise<string>) => Promise<void>;

const everybody = Array.from({ length: PARTICIPANTS }, (_, i) => `agent-${i}`);

const ways: Record<string, { send: Send }> = {
  'calling the function': {
    async send(handle) {
      for (let i = 0; i < MESSAGES; i++) await Promise.all(everybody.map(() => handle(CONTENT)));
    },
  },
  'an event emitter and a queue each': {
    async send(handle) {
      const emitter = new EventEmitter();
      emitter.setMaxListeners(0);
      const queues = new Map(everybody.map((id) => [id, Promise.resolve<unknown>(undefined)]));
      for (const id of everybody)
        emitter.on(id, (content: string, done: () => void) => {
          queues.set(
            id,
            queues
              .get(id)
              ?.then(() => handle(content))
              .then(done) ?? Promise.resolve(),
          );
        });
      for (let i = 0; i < MESSAGES; i++)
        await Promise.all(
          everybody.map((id) => new Promise<void>((done) => emitter.emit(id, CONTENT, done))),
        );
    },
  },
  'fastq, a queue each': {
    async send(handle) {
      const queues = everybody.map(() => fastq.promise(handle, 1));
      for (let i = 0; i < MESSAGES; i++) await Promise.all(queues.map((queue) => queue.push(CONTENT)));
    },
  },
  'p-queue, a queue each': {
    async send(handle) {
      const queues = everybody.map(() => new PQueue({ concurrency: 1 }));
      for (let i = 0; i < MESSAGES; i++)
        await Promise.all(queues.map((queue) => queue.add(() => handle(CONTENT))));
    },
  },
  'agent.respond() with a signal': {
    async send(handle) {
      const agents = everybody.map((id) => toAgent(id, handle));
      for (let i = 0; i < MESSAGES; i++)
        await Promise.all(
          agents.map((agent) =>
            agent.respond({ content: CONTENT, from: 'user' }, { signal: new AbortController().signal }),
          ),
        );
    },
  },
  'coordinator, participants': {
    async send(handle) {
      const coordinator = new Coordinator();
      for (const id of everybody)
        coordinator.join({ id, handle: async ({ content }) => ({ content: await handle(String(content)) }) });
      for (let i = 0; i < MESSAGES; i++) {
        for (const to of everybody) coordinator.post({ from: 'user', to, content: CONTENT });
        await coordinator.idle();
      }
    },
  },
  'coordinator, agents': { send: (handle) => toAgents(handle, new Coordinator()) },
  'coordinator, agents, every message on record': {
    async send(handle) {
      const dir = mkdtempSync(join(tmpdir(), 'pd-bench-'));
      const log = createCallLog({ dir, tree: false });
      await toAgents(handle, new Coordinator({ logger: log.logger }));
      await log.close();
      rmSync(dir, { recursive: true, force: true });
    },
  },
};

function toAgent(id: string, handle: (content: string) => Promise<string>) {
  return defineAgent({ id, respond: ({ content }) => handle(content) });
}

async function toAgents(
  handle: (content: string) => Promise<string>,
  coordinator: Coordinator,
): Promise<void> {
  for (const id of everybody) coordinator.join(toAgent(id, handle));
  for (let i = 0; i < MESSAGES; i++) {
    for (const to of everybody) coordinator.post({ from: 'user', to, content: CONTENT });
    await coordinator.idle();
  }
}

/** Microseconds of all threads' CPU and of the clock for a message, and by how much the heap has grown at the end. */
async function measure(name: string) {
  const way = ways[name];
  if (way === undefined) throw new Error(`no such way: ${name}`);
  const handle = async (content: string) => content;
  await way.send(handle);
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const cpu = process.cpuUsage();
  const begun = performance.now();
  await way.send(handle);
  const ms = performance.now() - begun;
  const { user, system } = process.cpuUsage(cpu);
  globalThis.gc?.();
  const grownMb = (process.memoryUsage().heapUsed - before) / 2 ** 20;
  const count = PARTICIPANTS * MESSAGES;
  return { us: (ms * 1_000) / count, cpuUs: (user + system) / count, ms, grownMb };
}

const [name] = process.argv.slice(2);
if (name !== undefined) {
  console.log(JSON.stringify(await measure(name)));
  process.exit();
}
for (const row of inTurns(import.meta.filename, Object.keys(ways), {
  rounds: ROUNDS,
  flags: ['--expose-gc'],
})) {
  const { us = Number.NaN, cpuUs = Number.NaN, ms = Number.NaN, grownMb = Number.NaN } = row.figures;
  const cells = [
    row.name.padEnd(44),
    `${us.toFixed(1).padStart(6)} µs a message`,
    `${cpuUs.toFixed(1).padStart(6)} µs CPU`,
    `${(ms / 1_000).toFixed(2).padStart(5)} s in all`,
    `heap ${grownMb >= 0 ? '+' : ''}${grownMb.toFixed(1)} MB`,
  ];
  console.log(cells.join('   '));
}
