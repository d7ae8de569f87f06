import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CallLog, createCallLog, readTree } from '@pd/call-log';
import type { JsonValue } from '@pd/call-log/schema';
import { createScriptedClient } from '@pd/llm-client/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { definePattern, defineScenario, resumeScenario, runScenario, type Scene } from '../src/index.ts';

let dir = '';
let log: CallLog;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pd-step-'));
  log = createCallLog({ dir, tree: false });
});
afterEach(async () => {
  await log.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Runs something on a scene, and then resumes that. */
async function twice(work: (scene: Scene) => Promise<string>) {
  const scenario = defineScenario({
    name: 'steps',
    input: z.object({}),
    create: () => ({
      pattern: definePattern('steps', [], async (_, scene) => ({ content: await work(scene) })),
      task: 'Go.',
    }),
  });
  const client = createScriptedClient([], { logger: log.logger });
  const first = await runScenario(scenario, { log, client, input: {}, runId: 'run' });
  const again = await resumeScenario(scenario, { log, client, runId: 'run' });
  return [first.content, again.content];
}

it('gives each of several steps of one name, begun at once, its own value again', async () => {
  let done = 0;
  const step = (scene: Scene, ms: number) =>
    scene.step('draw', async () => {
      await sleep(ms);
      return `${ms} as ${++done}`;
    });
  const work = async (scene: Scene) =>
    (await Promise.all([step(scene, 30), step(scene, 0), step(scene, 15)])).join();
  expect(await twice(work)).toEqual(['30 as 3,0 as 1,15 as 2', '30 as 3,0 as 1,15 as 2']);
  const { steps = [] } = await readTree(join(dir, 'run.jsonl'));
  expect(steps.map(({ ordinal, value }) => [ordinal, value])).toEqual([
    [2, '0 as 1'],
    [3, '15 as 2'],
    [1, '30 as 3'],
  ]);
});

it('takes the value of the try that succeeded, after one that failed', async () => {
  let tries = 0;
  const work = async (scene: Scene) => {
    const attempt = () =>
      scene.step('try', () => {
        if (++tries === 1) throw new Error('not yet');
        return tries;
      });
    return String(await attempt().catch(attempt));
  };
  expect(await twice(work)).toEqual(['2', '2']);
  expect(tries).toBe(2);
});

it('gives what is on record, whatever is done with the value that was given', async () => {
  const shared = { list: [1], absent: undefined };
  const work = async (scene: Scene) => {
    const value = (await scene.step('shared', () => shared as unknown as JsonValue)) as { list: number[] };
    shared.list.push(2);
    await scene.step('nothing', () => undefined as unknown as JsonValue);
    return JSON.stringify([value, Object.keys(value)]);
  };
  const whole = JSON.stringify([{ list: [1] }, ['list']]);
  expect(await twice(work)).toEqual([whole, whole]);
});

const circular: Record<string, unknown> = {};
circular.self = circular;

it.each([
  ['a bigint', 1n],
  ['a function', () => 1],
  ['a symbol', Symbol('a')],
  ['the number NaN', Number.NaN],
  ['the number -Infinity', { deep: [Number.NEGATIVE_INFINITY] }],
  ['an object of the class Date', new Date(0)],
  ['an object of the class Map', [new Map()]],
  ['an object that holds itself, or is too deep', circular],
  ['undefined', [undefined]],
])('refuses %s, which would be another value when it is resumed', async (what, value) => {
  const work = async (scene: Scene) => String(await scene.step('odd', () => value as unknown as JsonValue));
  await expect(twice(work)).rejects.toMatchObject({
    code: 'invalid_step',
    message: expect.stringContaining(`the step "odd" is ${what},`),
  });
  expect((await readTree(join(dir, 'run.jsonl'))).steps).toBeUndefined();
});
