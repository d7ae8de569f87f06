import { execFileSync } from 'node:child_process';
import { median } from './median.ts';

/** What a measurement gives: numbers by their names. */
export type Figures = Record<string, number>;

/**
 * Runs `file` once per name and round, each time in a process of its own and in turns, so that what else the machine does
 * meets all alike; the process gets the name as its argument and prints its figures as JSON.
 *
 * @returns the medians, in the order of the names
 */
export function inTurns(
  file: string,
  names: readonly string[],
  { rounds, args = [], flags = [] }: { rounds: number; args?: readonly string[]; flags?: readonly string[] },
): { name: string; figures: Figures }[] {
  const results = new Map(names.map((name) => [name, [] as Figures[]]));
  for (let round = 1; round <= rounds; round++) {
    process.stderr.write(`round ${round} of ${rounds}\n`);
    for (const name of names) {
      const output = execFileSync(process.execPath, [...flags, file, name, ...args], { encoding: 'utf8' });
      results.get(name)?.push(JSON.parse(output));
    }
  }
  return names.map((name) => ({ name, figures: medians(results.get(name) ?? []) }));
}

function medians(measured: readonly Figures[]): Figures {
  const fields = Object.keys(measured[0] ?? {});
  return Object.fromEntries(
    fields.map((field) => [field, median(measured.map((figures) => figures[field] ?? Number.NaN))]),
  );
}
