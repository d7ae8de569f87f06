/** The signs that a picture in the terminal is made of; each is one column wide. */
export interface Glyphs {
  arrow: { message: string; call: string; other: string };
  times: string;
  /** Of a call in a lane. */
  ok: string;
  cutShort: string;
  failed: string;
  open: string;
  /** A message that was sent. */
  sent: string;
  /** Nothing at this time. */
  idle: string;
  /** How much of something, from a little to all. */
  bar: string;
  axis: string;
  tick: string;
  ellipsis: string;
  dot: string;
  atLeast: string;
  none: string;
  rule: string;
}

export const UNICODE: Glyphs = {
  arrow: { message: '───▶', call: '┄┄┄▷', other: '╌╌╌▷' },
  times: '×',
  ok: '█',
  cutShort: '▒',
  failed: '╳',
  open: '░',
  sent: '▴',
  idle: '·',
  bar: '▬',
  axis: '─',
  tick: '┴',
  ellipsis: '…',
  dot: '·',
  atLeast: '≥',
  none: '–',
  rule: '─',
};

/** For terminals and logs that show nothing else. */
export const ASCII: Glyphs = {
  arrow: { message: '--->', call: '...>', other: '~~~>' },
  times: 'x',
  ok: '#',
  cutShort: '%',
  failed: 'X',
  open: 'o',
  sent: '^',
  idle: '.',
  bar: '=',
  axis: '-',
  tick: '+',
  ellipsis: '~',
  dot: '|',
  atLeast: '>=',
  none: '-',
  rule: '-',
};
