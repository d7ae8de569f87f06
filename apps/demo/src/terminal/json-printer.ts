import type { Printer, Streams } from './printer.ts';

/** JSON on one line. The control characters that JSON leaves as they are could still steer a terminal. */
export function toJsonLine(value: object): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Prints a run for programs: one JSON object a line. */
export function createJsonPrinter({ stdout, stderr }: Streams): Printer {
  const line = (value: object) => stdout.write(`${toJsonLine(value)}\n`);
  return {
    intro: (label, about) => line({ type: 'intro', label, about }),
    event: line,
    problem: (text) => stderr.write(`${text}\n`),
  };
}
