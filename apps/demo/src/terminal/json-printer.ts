import type { Printer, Streams } from './printer.ts';

/** Prints a run for programs: one JSON object a line. */
export function createJsonPrinter({ stdout, stderr }: Streams): Printer {
  const line = (value: object) => stdout.write(`${JSON.stringify(value)}\n`);
  return {
    intro: (label) => line({ type: 'intro', label }),
    event: line,
    problem: (text) => stderr.write(`${text}\n`),
  };
}
