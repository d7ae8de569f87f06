import type { ToolRun } from '../tools/tool-run.ts';

/** Counts how often a tool was called with the same arguments for the same result. */
export class Repetition {
  readonly #seen = new Map<string, number>();

  /** How often this has been seen, with this time. */
  count({ name, arguments: given, content }: ToolRun): number {
    const key = JSON.stringify([name, canonical(given), content]);
    const times = (this.#seen.get(key) ?? 0) + 1;
    this.#seen.set(key, times);
    return times;
  }
}

/** What the model is told the second time. */
export const REPEATED_NOTE =
  '[You have called this tool with these arguments before, and the result was the same. Do something else, or answer.]';

/** The same value whatever order its fields were written in. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => [key, canonical(each)]);
}
