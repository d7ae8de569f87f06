import { styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];

/** Puts colour on text that is safe already. */
export type Paint = (format: Format, text: string) => string;

/** Colours for one stream; plain text where it is no terminal or `NO_COLOR` is set. */
export function createStyle(stream: NodeJS.WriteStream): Paint {
  return (format, text) => (text === '' ? '' : styleText(format, text, { stream }));
}

const statusColours: { [status: string]: Format } = {
  ok: 'green',
  completed: 'green',
  handled: 'green',
  running: 'cyan',
  open: 'cyan',
  aborted: 'yellow',
  interrupted: 'yellow',
  truncated: 'yellow',
};

/** The colour of a status of a run, a call or a message; what is not good or under way is red. */
export function statusColour(status: string): Format {
  return statusColours[status] ?? 'red';
}
