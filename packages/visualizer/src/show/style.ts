import { fitTo, type Paint, safeLine, textWidth } from '@pd/call-log/terminal';
import { ASCII, type Glyphs, UNICODE } from './glyphs.ts';

/** How a picture in the terminal looks. */
export interface ShowOptions {
  /** In columns; no line is wider. */
  width: number;
  /** Nothing but ASCII. */
  ascii: boolean;
  paint: Paint;
}

/** What the parts of the picture draw with. */
export interface Style extends ShowOptions {
  glyphs: Glyphs;
  /** A text of the log on one line, at most so many columns wide, and of so many if `fill` says on which side. */
  text(text: string, columns: number, fill?: 'start' | 'end'): string;
}

/** Names are cut before they are looked at closely: they may be 10 MB. */
const LONGEST_NAME = 2_000;

export function createShowStyle(options: ShowOptions): Style {
  const glyphs = options.ascii ? ASCII : UNICODE;
  return {
    ...options,
    glyphs,
    text(text, columns, fill) {
      const line = safeLine(text.slice(0, LONGEST_NAME));
      const fitted = options.ascii
        ? fitTo(columns, line.replace(/[^\x20-\x7e]/gu, '?')).replace('…', glyphs.ellipsis)
        : fitTo(columns, line);
      const space = ' '.repeat(fill === undefined ? 0 : Math.max(0, columns - textWidth(fitted)));
      return fill === 'start' ? space + fitted : fitted + space;
    },
  };
}
