/**
 * How many seeds a minute can a scenario be tried with? Four agents, forty messages, a scripted client, and messages that are lost,
 * doubled, late and out of order; without a log, with the journal on disk, and with the tree read again from it to be checked.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Agent, SimpleAgent } from '@pd/agents';
import { createCallLog, readTree } from '@pd/call-log';
import type { Logger } from '@pd/call-log/schema';
import { createScriptedClient } from '@pd/llm-client/testing';
import { definePattern, runPattern } from '@pd/scenarios';
import { createMessageFaults } from '@pd/scenarios/testing';
import { inTurns } from '../measure/in-turns.ts';

const SEEDS = 300;
const WARM_UP = 50;
const ROUNDS = 3;
const NAMES = ['north', 'east', 'south', 'west'];
const SCRIPT = NAMES.flatMap((agent) =>
  Array.from({ length: 10 }, (_, i) => ({ agent, reply: `${agent} says ${i}.` })),
);

/** Five rounds in which all are asked at the same time, and then one asks the next. */
function council(agents: readonly Agent[]) {
  return definePattern('council', agents, async (task, scene) => {
    let said = task;
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all(
        agents.map((agent) => scene.ask(agent, { ...said, from: task.from })),
      );
      said = { ...task, content: answers.map(({ content }) => content).join(' ') };
      for (const agent of agents) said = { ...(await scene.ask(agent, said)) };
    }
    return said;
  });
}

async function play(seed: number, logger?: Logger): Promise<void> {
  await using client = createScriptedClient(SCRIPT, logger === undefined ? {} : { logger });
  const agents = NAMES.map((id) => new SimpleAgent({ id, client }));
  const faults = createMessageFaults({ seed, drop: 0.1, duplicate: 0.1, reorder: 0.1, delay: 0.1 });
  const options = { logger, faults, seed, supervision: { retries: 1 }, progress: false } as const;
  const { reason, turns } = await runPattern(council(agents), 'Where to?', options);
  if (reason !== 'done' || turns !== 40)
    throw new Error(`seed ${seed} ended as ${reason} after ${turns} turns`);
}

const ways: Record<
  string,
  (dir: string) => { trial: (seed: number) => Promise<void>; close?: () => Promise<void> }
> = {
  'without a log': () => ({ trial: (seed) => play(seed) }),
  'with the journal': (dir) => {
    const log = createCallLog({ dir, tree: false });
    return { trial: (seed) => log.run({}, () => play(seed, log.logger)), close: () => log.close() };
  },
  'with the journal, read and checked': (dir) => {
    const log = createCallLog({ dir, tree: false });
    const trial = async (seed: number) => {
      const { journalPath } = await log.run({}, async (run) => {
        await play(seed, log.logger);
        return run;
      });
      const { messages, run } = await readTree(journalPath);
      const open = messages.filter(({ status }) => status === 'delivered');
      if (open.length > 0 || run.totals.calls !== 40) throw new Error(`seed ${seed} has lost something`);
    };
    return { trial, close: () => log.close() };
  },
};

async function measure(name: string) {
  const dir = mkdtempSync(join(tmpdir(), 'pd-bench-'));
  const way = ways[name]?.(dir);
  if (way === undefined) throw new Error(`no such way: ${name}`);
  for (let seed = 1; seed <= WARM_UP; seed++) await way.trial(seed);
  const cpu = process.cpuUsage();
  const begun = performance.now();
  for (let seed = 1; seed <= SEEDS; seed++) await way.trial(seed);
  const ms = performance.now() - begun;
  const { user, system } = process.cpuUsage(cpu);
  await way.close?.();
  rmSync(dir, { recursive: true, force: true });
  return { perMinute: (SEEDS / ms) * 60_000, cpuMs: (user + system) / 1_000 / SEEDS };
}

const [name] = process.argv.slice(2);
if (name !== undefined) {
  console.log(JSON.stringify(await measure(name)));
  process.exit();
}
for (const { name, figures } of inTurns(import.meta.filename, Object.keys(ways), { rounds: ROUNDS })) {
  const { perMinute = Number.NaN, cpuMs = Number.NaN } = figures;
  console.log(
    `${name.padEnd(44)} ${perMinute.toFixed(0).padStart(6)} seeds a minute   ${cpuMs.toFixed(1).padStart(5)} ms CPU each`,
  );
}
