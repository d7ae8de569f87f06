import type { Run } from '@pd/call-log';
import type { LLMClient, OutputOf, StandardSchema } from '@pd/llm-client';
import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';
import { createRandom } from '../random.ts';
import type { Scenario } from './define-scenario.ts';
import { playOn } from './play-on.ts';
import type { Resumed } from './resumed.ts';
import type { ScenarioOptions } from './run-scenario.ts';
import type { ScenarioOutcome } from './scenario-outcome.ts';
import type { StageOptions } from './stage.ts';
import type { Tell } from './streamed.ts';

/** What a scenario is performed with. */
export interface Performance<Schema extends StandardSchema>
  extends ScenarioOptions,
    Pick<StageOptions, 'decisions' | 'answers' | 'edit'> {
  input: OutputOf<Schema>;
  seed: number | string;
}

/** Makes the cast of a scenario and has it play, in a run that has begun. */
export async function perform<Schema extends StandardSchema>(
  scenario: Scenario<Schema>,
  { log, client, input, seed, ...options }: Performance<Schema>,
  { run, resumed }: { run: Run; resumed?: Resumed },
  tell: Tell,
): Promise<ScenarioOutcome> {
  const onRecord = (any: LLMClient) => (resumed === undefined ? any : any.bind({ resume: resumed.run }));
  const random = (name: string) => createRandom(String(seed), 'create', name);
  const cast = await scenario.create({ input, client: onRecord(client), onRecord, random });
  if (typeof cast !== 'object' || cast === null)
    throw new InvalidScenarioError(
      `create of the scenario ${scenario.name} has given ${String(cast)}: give { pattern, task }`,
    );
  const { pattern, task, ...own } = cast;
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const stage: StageOptions = {
    ...own,
    ...given,
    seed,
    logger: log.logger,
    run: { id: run.id, dir: run.dir, captureContent: run.captureContent },
  };
  try {
    return { ...(await playOn(pattern, task, { ...stage, resumed }, tell)), runId: run.id };
  } finally {
    await options.runner?.finish?.(run.id);
  }
}
