import type { JsonValue, RunTree } from '@pd/call-log/schema';
import { Once } from './once.ts';
import type { RecordedStep } from './recorded-run.ts';

/**
 * The steps of a recorded run: those of a name by their ordinals, or first in first out where they have none. What does not look
 * like one is passed over.
 */
export class RecordedSteps {
  readonly #steps = new Once<RecordedStep>();

  constructor(tree: RunTree) {
    const { steps } = tree as { steps?: unknown };
    for (const step of Array.isArray(steps) ? steps : []) {
      const { id, name, ordinal, status, value, error } = Object(step) as Record<string, unknown>;
      if (typeof name !== 'string' || (status !== 'ok' && status !== 'error')) continue;
      this.#steps.put(keyOf(name, ordinal), {
        id: typeof id === 'string' ? id : undefined,
        status,
        value: value as JsonValue | undefined,
        error: typeof error === 'object' && error !== null ? error : undefined,
      });
    }
  }

  take(name: string, ordinal?: number): RecordedStep | undefined {
    const numbered = ordinal === undefined ? undefined : this.#steps.take(keyOf(name, ordinal));
    return numbered ?? this.#steps.take(keyOf(name));
  }
}

function keyOf(name: string, ordinal?: unknown): string {
  return JSON.stringify(typeof ordinal === 'number' ? [name, ordinal] : [name]);
}
