import type { RunTree } from '@pd/call-log/schema';
import { formatNumberOf, textWidth } from '@pd/call-log/terminal';
import type { RunGraph } from '../graph/run-graph.ts';
import { CELLS, LaneCells } from './lane-cells.ts';
import { runClock } from './run-clock.ts';
import { showAxis } from './show-axis.ts';
import type { Style } from './style.ts';

/** Lanes before the rest share one. */
const MOST_LANES = 24;
/** With more than so many, marks of messages would take as much room as the lanes again. */
const MOST_WITH_MARKS = 16;

interface Lane {
  label: string;
  ids: string[];
  activity: number;
}

/** A lane per agent over the width: bars for calls, marks for messages, below them the time. */
export function* showTimeline(tree: RunTree, graph: RunGraph, style: Style): Generator<string> {
  const { paint, text, width, glyphs } = style;
  const clock = runClock(tree);
  const all = graph.nodes
    .filter(({ kind }) => kind === 'agent' || kind === 'person')
    .map(
      ({ id, label }): Lane => ({
        label,
        ids: [id],
        activity: (clock.spans.get(id)?.length ?? 0) + (clock.sent.get(id)?.length ?? 0),
      }),
    );
  const lanes = foldLanes(all.filter(({ activity }) => activity > 0));
  if (lanes.length === 0 || clock.length === 0) return;
  const labelWidth = lanes.reduce(
    (widest, { label }) =>
      Math.max(widest, textWidth(text(label, Math.max(6, Math.min(24, Math.floor(width / 4)))))),
    1,
  );
  const columns = Math.max(10, width - labelWidth - 2);
  const colours = { idle: 'dim', ok: 'green', open: 'cyan', cutShort: 'yellow', failed: 'red' } as const;
  const seen = new Set<number>();
  for (const { label, ids } of lanes) {
    const lane = new LaneCells(clock.length, columns);
    for (const id of ids) {
      for (const { start, end, status } of clock.spans.get(id) ?? []) lane.addCall(start, end, status);
      for (const at of clock.sent.get(id) ?? []) lane.addMessage(at);
    }
    let bars = '';
    for (let from = 0; from < columns; ) {
      let to = from;
      while (to < columns && lane.cells[to] === lane.cells[from]) to++;
      const cell = CELLS[lane.cells[from] ?? 0] ?? 'idle';
      seen.add(CELLS.indexOf(cell));
      bars += paint(colours[cell], glyphs[cell].repeat(to - from));
      from = to;
    }
    yield `${text(label, labelWidth, 'end')}  ${bars}`;
    if (lanes.length > MOST_WITH_MARKS) continue;
    const marks = [...lane.sent]
      .map((count) => markOf(count, style))
      .join('')
      .trimEnd();
    if (marks !== '') yield `${' '.repeat(labelWidth + 2)}${paint('magenta', marks)}`;
  }
  yield* showAxis(clock, labelWidth + 2, columns, style);
  const legend = CELLS.flatMap((cell, index) =>
    cell !== 'idle' && seen.has(index) ? [`${paint(colours[cell], glyphs[cell])} ${WORDS[cell]}`] : [],
  );
  if (lanes.length <= MOST_WITH_MARKS && clock.sent.size > 0)
    legend.push(`${paint('magenta', glyphs.sent)} message sent, 2-9 several, + more`);
  yield `${' '.repeat(labelWidth + 2)}${legend.join('  ')}`;
}

const WORDS = { ok: 'call', open: 'open', cutShort: 'cut short', failed: 'failed' };

/** The busiest have lanes of their own, in the order of the record; the rest has one together. */
function foldLanes(lanes: Lane[]): Lane[] {
  if (lanes.length <= MOST_LANES) return lanes;
  const busiest = new Set(lanes.toSorted((a, b) => b.activity - a.activity).slice(0, MOST_LANES - 1));
  const rest = lanes.filter((lane) => !busiest.has(lane));
  return [
    ...lanes.filter((lane) => busiest.has(lane)),
    { label: `${formatNumberOf(rest.length, 'other')}`, ids: rest.flatMap(({ ids }) => ids), activity: 0 },
  ];
}

function markOf(count: number, { glyphs }: Style): string {
  if (count === 0) return ' ';
  return count === 1 ? glyphs.sent : count < 10 ? String(count) : '+';
}
