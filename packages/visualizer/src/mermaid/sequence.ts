import type { MessageNode, RunTree } from '@pd/call-log/schema';
import { toGraph } from '../graph/to-graph.ts';
import { contentText } from '../text/content-text.ts';
import { plural } from '../text/format.ts';
import { escapeLabel } from './escape-label.ts';
import { foldRepeats } from './fold-repeats.ts';
import type { MermaidDiagram, MermaidLimits } from './limits.ts';

/** The participant that stands for a sender or addressee the record does not name. */
const NOBODY = 'nobody';

/** Left free for the ends of loops and the words on what is missing. */
const RESERVE = 400;

/**
 * A run's messages as a Mermaid sequence diagram: a line per message, in the order of the record. A crossed
 * arrow is a message that was rejected or not delivered; one to nobody in particular is a note.
 *
 * Where that is more than Mermaid takes, rounds that repeat become a loop with ×n and what was said in the first; where that
 * is still too much, the end is left out, and a note says so.
 */
export function toSequenceDiagram(
  tree: RunTree,
  maxTextLength: number,
  limits: MermaidLimits,
): MermaidDiagram {
  const speakers = toGraph(tree, { models: false, tools: false }).nodes;
  const names = new Map(speakers.map(({ id }, index) => [id, `n${index}`]));
  const declarations = new Map(
    speakers.map(({ id, kind, label }, index) => [
      `n${index}`,
      `  ${kind === 'person' ? 'actor' : 'participant'} ${names.get(id)} as ${escapeLabel(label, maxTextLength)}\n`,
    ]),
  );
  declarations.set(NOBODY, `  participant ${NOBODY} as (unknown)\n`);
  const arrows = tree.messages.map((message) => arrowOf(message, names));
  const lineAt = (index: number) =>
    `  ${arrows[index]?.text}: ${escapeLabel(contentText(tree.messages[index]?.content), maxTextLength)}\n`;

  const everybody = [
    ...names.values(),
    ...(arrows.some(({ ends }) => ends.includes(NOBODY)) ? [NOBODY] : []),
  ];
  const whole = wholeDiagram(
    everybody.map((name) => declarations.get(name) ?? ''),
    arrows.length,
    lineAt,
    limits,
  );
  if (whole !== undefined) return { text: whole };

  const shown = new Set<string>();
  const lines: string[] = [];
  let size = RESERVE;
  let told = 0;
  /** Adds lines with whoever is new in them, if there is room. */
  const add = (indices: readonly number[], before = '', after = ''): boolean => {
    const added = new Set(
      indices.flatMap((index) => arrows[index]?.ends ?? []).filter((name) => !shown.has(name)),
    );
    const text = `${before}${indices.map(lineAt).join('')}${after}`;
    const longer = [...added].reduce((sum, name) => sum + (declarations.get(name)?.length ?? 0), text.length);
    if (size + longer > limits.characters) return false;
    for (const name of added) shown.add(name);
    lines.push(text);
    size += longer;
    return true;
  };
  for (const { start, length, times } of foldRepeats(arrows.map(({ text }) => text))) {
    const round = Array.from({ length }, (_, i) => start + i);
    if (!(times > 1 ? add(round, `  loop ×${times}\n`, '  end\n') : add(round))) break;
    told = start + length * times;
  }
  const missing = arrows.length - told;
  const folded = 'repeated rounds are folded to the first of each';
  const leftOut = missing > 0 ? `${folded}, the last ${plural(missing, 'message')} left out` : folded;
  const participants = [...declarations].filter(([name]) => shown.has(name)).map(([, line]) => line);
  const [someone] = shown;
  const note =
    someone === undefined
      ? [`  participant cut as … ${leftOut}\n`]
      : [`  Note over ${someone}: … ${leftOut}\n`];
  return { text: ['sequenceDiagram\n', ...participants, ...lines, ...note].join(''), leftOut };
}

/** Everything, if it fits. */
function wholeDiagram(
  participants: readonly string[],
  count: number,
  lineAt: (index: number) => string,
  { characters }: MermaidLimits,
): string | undefined {
  const lines = ['sequenceDiagram\n', ...participants];
  let size = lines.reduce((sum, line) => sum + line.length, 0);
  for (let index = 0; index < count && size <= characters; index++) {
    const line = lineAt(index);
    lines.push(line);
    size += line.length;
  }
  return size <= characters ? lines.join('') : undefined;
}

/** A message without what it says, and whom that takes. */
function arrowOf(
  { from, to, status }: MessageNode,
  names: ReadonlyMap<string, string>,
): { text: string; ends: string[] } {
  const sender = (from !== undefined && names.get(from)) || NOBODY;
  if (to === undefined) return { text: `Note over ${sender}`, ends: [sender] };
  const lost = status === 'rejected' || status === 'dead_lettered';
  const addressee = names.get(to) ?? NOBODY;
  return { text: `${sender}${lost ? '-x' : '->>'}${addressee}`, ends: [sender, addressee] };
}
