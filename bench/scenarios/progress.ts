/**
 * What does the watch over progress cost a turn? Turns that only talk, and turns with a tool run, none like another; beside a hash of
 * the turn's text, which nothing that compares turns can do without. A model call, which each turn has, takes a thousand times as long.
 */
import { hash } from 'node:crypto';
import { createProgressWatch, type TurnRecord } from '@pd/scenarios';
import { inTurns } from '../measure/in-turns.ts';

const TURNS = 20_000;
const ROUNDS = 3;
const TEXT =
  'I have looked at the bearings again, and the second one from the left is worn; we should replace it. ';

const talk = (i: number): TurnRecord => ({
  from: `a${i % 3}`,
  to: `a${(i + 1) % 3}`,
  content: `${i}: ${TEXT.repeat(4)}`,
});
const work = (i: number): TurnRecord => ({
  ...talk(i),
  toolRuns: [
    {
      name: 'measure',
      arguments: { bridge: 'north', bearing: i },
      content: `{"wear_mm":${i},"at":"2026-11-22T10:00:00Z"}`,
    },
  ],
});

const ways: Record<string, () => (i: number) => unknown> = {
  'a hash of the text': () => (i) => hash('sha256', JSON.stringify(talk(i)), 'base64'),
  'the watch, talk (400 characters)': () => watching(talk),
  'the watch, talk and a tool run': () => watching(work),
};

function watching(turn: (i: number) => TurnRecord) {
  const watch = createProgressWatch();
  return (i: number) => watch.see(turn(i));
}

const [name] = process.argv.slice(2);
if (name !== undefined) {
  const see = ways[name]?.();
  if (see === undefined) throw new Error(`no such way: ${name}`);
  for (let i = 0; i < TURNS; i++) see(i);
  const { user, system } = process.cpuUsage();
  for (let i = TURNS; i < 2 * TURNS; i++) see(i);
  const after = process.cpuUsage();
  console.log(JSON.stringify({ cpuUs: (after.user + after.system - user - system) / TURNS }));
  process.exit();
}
for (const { name, figures } of inTurns(import.meta.filename, Object.keys(ways), { rounds: ROUNDS }))
  console.log(`${name.padEnd(44)} ${figures.cpuUs?.toFixed(1).padStart(6)} µs CPU a turn`);
