import type { JsonValue, RunTree } from '@pd/call-log/schema';
import { Once } from './once.ts';
import type { RecordedStep } from './recorded-run.ts';

/** The steps of a recorded run: those of a name first in first out. What does not look like one is passed over. */
export class RecordedSteps {
  readonly #steps = new Once<RecordedStep>();

  constructor(tree: RunTree) {
    const { steps } = tree as { steps?: unknown };
    for (const step of Array.isArray(steps) ? steps : []) {
      const { id, name, status, value, error } = Object(step) as Record<string, unknown>;
      if (typeof name !== 'string' || (status !== 'ok' && status !== 'error')) continue;
      this.#steps.put(name, {
        id: typeof id === 'string' ? id : undefined,
        status,
        value: value as JsonValue | undefined,
        error: typeof error === 'object' && error !== null ? error : undefined,
      });
    }
  }

  take(name: string): RecordedStep | undefined {
    return this.#steps.take(name);
  }
}
