import type { LLMClient, OutputOf, StandardSchema } from '@pd/llm-client';
import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';
import type { Pattern, Task } from '../patterns/pattern.ts';
import type { PlayOptions } from './play-options.ts';

/** What a scenario is made with. */
export interface Setting<Input> {
  /** As the schema of the scenario gives it. */
  input: Input;
  /** Makes calls that are on record in the run, and are taken from there when it is resumed. */
  client: LLMClient;
  /** The same for another client. */
  onRecord(client: LLMClient): LLMClient;
  /** Numbers from 0 to 1 that depend on the run's seed and the name alone. */
  random(name: string): () => number;
}

/** Who plays what: made anew for each run. */
export interface Cast extends Pick<PlayOptions, 'stop' | 'progress' | 'supervision' | 'deadlineMs'> {
  pattern: Pattern;
  /** What they are to work on; a text is a task of `user`. */
  task: string | Task;
}

/** What users define. */
export interface ScenarioDefinition<Schema extends StandardSchema> {
  /** On record in every run of it. */
  name: string;
  /** To be changed when runs of the old one cannot be resumed with the new one any more. Default: `1`. */
  version?: string | undefined;
  /** What it is given: zod's, or any Standard Schema. It has to be JSON, because it is on record. */
  input: Schema;
  /**
   * Makes the agents and says what they do. It is done again when a run is resumed, and has to make the same of the same:
   * what is random or depends on the time belongs into `random` and `scene.step()`.
   */
  create(setting: Setting<OutputOf<Schema>>): Cast | Promise<Cast>;
}

/** A scenario that can be run, resumed and forked. */
export interface Scenario<Schema extends StandardSchema = StandardSchema> {
  readonly name: string;
  readonly version: string;
  readonly input: Schema;
  readonly create: ScenarioDefinition<Schema>['create'];
}

/**
 * A scenario of your own.
 *
 * @example
 * const essay = defineScenario({
 *   name: 'essay',
 *   input: z.object({ topic: z.string() }),
 *   create: ({ client, input }) => ({
 *     pattern: pipeline([new SimpleAgent({ id: 'writer', client }), new SimpleAgent({ id: 'editor', client })]),
 *     task: `Write about ${input.topic}.`,
 *   }),
 * });
 * await runScenario(essay, { input: { topic: 'bridges' }, client, log });
 *
 * @throws {InvalidScenarioError} when something of it is missing
 */
export function defineScenario<Schema extends StandardSchema>({
  name,
  version = '1',
  input,
  create,
}: ScenarioDefinition<Schema>): Scenario<Schema> {
  if (typeof name !== 'string' || name === '') throw new InvalidScenarioError('a scenario needs a name');
  if (typeof version !== 'string' || version === '')
    throw new InvalidScenarioError(`the version of the scenario ${name} has to be a text`);
  if (typeof input?.['~standard']?.validate !== 'function')
    throw new InvalidScenarioError(`the scenario ${name} needs a schema of its input, such as z.object({})`);
  if (typeof create !== 'function')
    throw new InvalidScenarioError(`the scenario ${name} needs a create function`);
  return { name, version, input, create };
}
