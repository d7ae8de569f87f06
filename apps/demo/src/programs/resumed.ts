import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CallLogError, createRunId, type RunTree, readTree } from '@pd/call-log';
import { streamFork, streamResumed } from '@pd/scenarios';
import { z } from 'zod';
import { askedSchema } from '../model-source.ts';
import { type GoOn, UsageError } from '../options.ts';
import { talkInput } from '../scenarios/demo-scenario.ts';
import { demoScenarios } from '../scenarios/demo-scenarios.ts';
import { askedOnTheWay } from './asked-on-the-way.ts';
import type { Program } from './program.ts';

/**
 * A run on record goes on, or another one begins in the middle of it.
 *
 * @throws {UsageError} when it is not one that can go on
 */
export async function openResumed(goOn: GoOn, dir: string): Promise<Program> {
  const { runId, edit, decisions } = goOn;
  const { name, metadata } = (await readRun(runId, dir)).run;
  const found = demoScenarios.get(name ?? '');
  if (found === undefined || metadata.scenario === undefined)
    throw new UsageError(
      metadata.session === undefined
        ? `the run ${runId} was made by no scenario of the demo, so it cannot go on`
        : `the run ${runId} belongs to a session: go on with --session ${JSON.stringify(metadata.session)}`,
    );
  const asked = askedSchema.safeParse(metadata.asked);
  if (!asked.success) throw new UsageError(`the run ${runId} does not say where its replies came from`);

  const { scenario, about } = found;
  const forkId = createRunId();
  const id = edit === undefined ? runId : forkId;
  const what =
    edit === undefined
      ? `run ${runId} goes on`
      : `run ${forkId}, forked from ${runId}: message ${edit.message} says ${JSON.stringify(edit.content)}`;
  return {
    runId: id,
    about: `${scenario.name}: ${about}\n${what}`,
    asks: asked.data,
    isResumable: true,
    plays: { scenario: scenario.name, input: readInput(metadata.scenario) },
    play(stage) {
      const { tell: _, ...common } = stage;
      const given = { ...common, runId, decisions };
      const begun =
        edit === undefined
          ? streamResumed(scenario, given)
          : streamFork(scenario, { ...given, ...edit, forkId });
      return askedOnTheWay(scenario, id, begun, stage);
    },
  };
}

/** What the scenario was given; resuming checks it, too. */
function readInput(scenario: unknown): z.infer<typeof talkInput> {
  const read = z.object({ input: talkInput }).safeParse(scenario);
  if (!read.success) throw new UsageError('the run does not say what its scenario was given');
  return read.data.input;
}

async function readRun(runId: string, dir: string): Promise<RunTree> {
  if (!/^[\w.-]+$/.test(runId)) throw new UsageError(`${JSON.stringify(runId)} is no id of a run`);
  const path = join(dir, `${runId}.jsonl`);
  if (!existsSync(path))
    throw new UsageError(`there is no run ${runId} in ${dir} (npx call-log list shows what there is)`);
  try {
    return await readTree(path);
  } catch (error) {
    if (CallLogError.isInstance(error))
      throw new UsageError(`the run ${runId} cannot be read: ${error.message}`);
    throw error;
  }
}
