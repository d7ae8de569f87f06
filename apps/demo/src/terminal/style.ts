import { styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];

const speakerColours = ['cyan', 'magenta', 'green', 'yellow', 'blue', 'red'] as const;

/** Colours for one stream; plain text where it is no terminal or `NO_COLOR` is set. */
export function createStyle(stream: NodeJS.WriteStream) {
  const apply = (format: Format) => (text: string) => styleText(format, text, { stream });
  const colours = new Map<string, (typeof speakerColours)[number]>();
  return {
    bold: apply('bold'),
    dim: apply('dim'),
    warning: apply('yellow'),
    /** The same colour for the same speaker, another for the next. */
    speaker(id: string, text: string): string {
      const colour = colours.get(id) ?? speakerColours[colours.size % speakerColours.length] ?? 'cyan';
      colours.set(id, colour);
      return styleText(['bold', colour], text, { stream });
    },
  };
}
