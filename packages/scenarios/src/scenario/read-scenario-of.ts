import { readRunStart, readTree } from '@pd/call-log/reader';
import type { JsonValue } from '@pd/call-log/schema';
import { ScenarioMismatchError } from '../errors/scenario-mismatch-error.ts';
import type { Scenario } from './define-scenario.ts';
import type { Edit } from './edits.ts';

/** What a run says about the scenario that made it. */
export interface ScenarioOnRecord {
  name: string;
  version: string;
  seed: number | string;
  input: JsonValue;
  /** What was edited when the run was forked. */
  edits?: readonly Edit[];
}

/**
 * Reads the beginning of the run alone; all of it only where that is damaged.
 *
 * @throws {ScenarioMismatchError} when the run was made by another scenario, another version, or by none
 * @throws what `readTree` throws
 */
export async function readScenarioOf(
  path: string,
  { name, version }: Pick<Scenario, 'name' | 'version'>,
): Promise<ScenarioOnRecord> {
  const { metadata } = (await readRunStart(path)) ?? (await readTree(path)).run;
  const about = metadata?.scenario as Partial<ScenarioOnRecord> | undefined;
  if (typeof about?.name !== 'string' || about.seed === undefined)
    throw new ScenarioMismatchError(`${path} was not made by runScenario(), so it cannot be resumed by one`);
  if (about.name !== name || about.version !== version)
    throw new ScenarioMismatchError(
      `${path} is a run of the scenario ${about.name} (version ${about.version}), and this is ${name} (version ${version})`,
    );
  return about as ScenarioOnRecord;
}
