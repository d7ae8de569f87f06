import type { Verdict } from './fail-on.ts';
import type { RunDiff } from './run-diff.ts';

/** A comparison as JSON, with what came of the conditions; snake_case as all that is written to disk. */
export function toDiffJson(diff: RunDiff, verdicts: readonly Verdict[] = []): string {
  return `${JSON.stringify(snakeCased({ ...diff, verdicts }), null, 2)}\n`;
}

/** Only names of fields are changed: no key of the data comes from a log. */
function snakeCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeCased);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      snakeCased(field),
    ]),
  );
}
