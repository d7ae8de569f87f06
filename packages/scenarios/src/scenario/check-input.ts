import type { OutputOf, StandardSchema } from '@pd/llm-client';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import type { Scenario } from './define-scenario.ts';

/** @throws {InvalidInputError} when the input does not fit the scenario's schema */
export async function checkInput<Schema extends StandardSchema>(
  { name, input }: Pick<Scenario<Schema>, 'name' | 'input'>,
  given: unknown,
): Promise<OutputOf<Schema>> {
  const result = await input['~standard'].validate(given);
  if (result.issues !== undefined) throw new InvalidInputError(name, result.issues);
  return result.value as OutputOf<Schema>;
}
