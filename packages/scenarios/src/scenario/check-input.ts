import type { OutputOf, StandardSchema } from '@pd/llm-client';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import type { Scenario } from './define-scenario.ts';
import { findNoJson } from './find-no-json.ts';

/** @throws {InvalidInputError} when the input does not fit the scenario's schema, or cannot be on record as it is */
export async function checkInput<Schema extends StandardSchema>(
  { name, input }: Pick<Scenario<Schema>, 'name' | 'input'>,
  given: unknown,
): Promise<OutputOf<Schema>> {
  const noJson = given === undefined ? undefined : findNoJson(given);
  if (noJson !== undefined)
    throw new InvalidInputError(name, [{ message: `there is ${noJson} in it, which JSON cannot hold` }]);
  const result = await input['~standard'].validate(given);
  if (result.issues !== undefined) throw new InvalidInputError(name, result.issues);
  return result.value as OutputOf<Schema>;
}
