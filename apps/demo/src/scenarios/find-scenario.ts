import { UsageError } from '../options.ts';
import type { DemoScenario } from './demo-scenario.ts';
import { demoScenarios } from './demo-scenarios.ts';

/** @throws {UsageError} when there is none of that name; it names the nearest one */
export function findScenario(name: string): DemoScenario {
  const found = demoScenarios.get(name.toLowerCase());
  if (found !== undefined) return found;
  const [nearest] = [...demoScenarios.keys()].toSorted((a, b) => distance(name, a) - distance(name, b));
  throw new UsageError(
    `there is no scenario ${JSON.stringify(name.slice(0, 60))}: did you mean ${nearest}? (--scenario list names all)`,
  );
}

/** The scenarios with a line each. */
export function listScenarios(): string {
  return [...demoScenarios].map(([name, { about }]) => `  ${name.padEnd(12)} ${about}\n`).join('');
}

/** How many letters have to be put in, left out or changed (Levenshtein), of texts of any case. */
function distance(one: string, other: string): number {
  const [a, b] = [one.toLowerCase().slice(0, 60), other];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries())
      next.push(
        Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}
