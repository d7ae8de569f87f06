import type { ScenarioEvent } from '@pd/scenarios';
import type { Printer, Streams } from './printer.ts';
import { safeText } from './safe-text.ts';
import { createStyle } from './style.ts';

/** Prints a run for people: replies as they come, each under its speaker's name and colour. */
export function createTextPrinter({ stdout, stderr }: Streams): Printer {
  const out = createStyle(stdout);
  const err = createStyle(stderr);
  let midLine = false;

  const write = (text: string): void => {
    stdout.write(text);
    midLine = !text.endsWith('\n');
  };

  const show = (event: ScenarioEvent): void => {
    switch (event.type) {
      case 'turn-start': {
        const to = event.thought ? ' (thinking)' : event.to === undefined ? '' : ` → ${safeText(event.to)}`;
        write(`\n${out.speaker(event.speaker, safeText(event.speaker))}${out.dim(to)}\n`);
        return;
      }
      case 'text-delta':
        write(safeText(event.text));
        return;
      case 'turn-end':
        write('\n');
        return;
      case 'end':
        return;
    }
  };

  return {
    intro: (label) => write(`${out.bold('ProjectDeux')}  ${out.dim(`replies come from: ${label}`)}\n`),
    event: show,
    problem(line) {
      if (midLine) write('\n');
      stderr.write(`${err.warning(safeText(line))}\n`);
    },
  };
}
