/** How long does the import take? Every package in a process of its own, in turns; medians, less an empty program. */
import { inTurns } from '../measure/in-turns.ts';

const ROUNDS = 9;

const [name] = process.argv.slice(2);
if (name !== undefined) {
  const begun = performance.now();
  await import(name);
  console.log(JSON.stringify({ ms: performance.now() - begun }));
  process.exit();
}
const rows = inTurns(import.meta.filename, ['openai', '@pd/llm-client'], { rounds: ROUNDS });
const alone = rows[0]?.figures.ms ?? Number.NaN;
for (const { name, figures } of rows) {
  const { ms = Number.NaN } = figures;
  console.log(
    `${name.padEnd(16)} ${ms.toFixed(0).padStart(4)} ms   ${(ms / alone).toFixed(2)} × openai alone`,
  );
}
