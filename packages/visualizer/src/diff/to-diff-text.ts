import { fitTo, type Paint, safeLine, toTable, wrapTo } from '@pd/call-log/terminal';
import { formatDuration } from '../text/format.ts';
import { callName, callsSentence, fieldName, topologyLines, whatDiffers } from './describe.ts';
import type { Verdict } from './fail-on.ts';
import { cells, type MeasureRow, totalRows } from './measure-rows.ts';
import type { DivergentCall, RunDiff, RunSide } from './run-diff.ts';
import type { WordDiff } from './word-diff.ts';

/** How a comparison is written to a terminal. */
export interface DiffTextOptions {
  /** In columns. */
  width: number;
  paint: Paint;
}

const MOST_LINES = 12;
const LONGEST_NAME = 24;

/** A comparison for a terminal: what differs first, then in what the runs differ, in figures. Lines fit the width. */
export function toDiffText(
  diff: RunDiff,
  verdicts: readonly Verdict[],
  { width, paint }: DiffTextOptions,
): string {
  const parts = [
    `${side('a', diff.a, width)}\n${side('b', diff.b, width)}\n`,
    `${diff.isSame ? paint('green', 'Nothing differs.') : paint('bold', `${callsSentence(diff)}.`)}\n`,
    ...(diff.firstDivergence === undefined ? [] : [firstText(diff.firstDivergence, width, paint)]),
    ...otherCalls(diff, width, paint),
    ...systemPromptText(diff, width, paint),
    ...topologyText(diff, width, paint),
    figures('', totalRows(diff), paint),
    ...groups(
      'agent',
      diff.agents.map((each) => ({ name: each.agentId, ...each })),
      paint,
    ),
    ...groups(
      'model',
      diff.models.map((each) => ({ name: `${each.provider}/${each.model}`, ...each })),
      paint,
    ),
    ...verdictText(verdicts, width, paint),
  ];
  return parts.join('\n');
}

function side(letter: string, { runId, name, status, durationMs }: RunSide, width: number): string {
  const title = name === undefined ? '' : `  ${safeLine(name)}`;
  return fitTo(width, `${letter}  ${safeLine(runId)}${title}  ${status}, ${formatDuration(durationMs)}`);
}

function firstText(call: DivergentCall, width: number, paint: Paint): string {
  const lines = [
    fitTo(width, `First difference: ${callName(call, shortName)} ${whatDiffers(call)}`),
    ...(['a', 'b'] as const).flatMap((letter) => {
      const id = call[letter]?.callId;
      return id === undefined ? [] : [paint('dim', fitTo(width, `  ${letter} ${safeLine(id)}`))];
    }),
  ];
  const [difference] = call.differences;
  if (difference === undefined) return `${lines.join('\n')}\n`;
  lines.push(`  ${fieldName(difference)}`);
  lines.push(...quoted('-', difference.a ?? '(none)', 'red', width, paint));
  lines.push(...quoted('+', difference.b ?? '(none)', 'green', width, paint));
  return `${lines.join('\n')}\n`;
}

function quoted(sign: string, text: string, colour: 'red' | 'green', width: number, paint: Paint): string[] {
  return wrapTo(width - 6, safeLine(text)).map((line, i) =>
    paint(colour, `  ${i === 0 ? sign : ' '} ${line}`),
  );
}

function otherCalls({ divergent, calls }: RunDiff, width: number, paint: Paint): string[] {
  const others = divergent.slice(1, 1 + MOST_LINES);
  if (others.length === 0) return [];
  const left = calls.changed + calls.removed + calls.added - 1 - others.length;
  const lines = others.map((call) => {
    const reply = call.reply === undefined ? '' : ` ${wordCount(call.reply)}`;
    return fitTo(width, `  ${sign(call)} ${callName(call, shortName)} ${whatDiffers(call)}${reply}`);
  });
  if (left > 0) lines.push(paint('dim', `    and ${left} more`));
  return [`Then\n${lines.join('\n')}\n`];
}

function sign({ kind }: DivergentCall): string {
  return kind === 'added' ? '+' : kind === 'removed' ? '-' : '~';
}

function wordCount({ removedWords, addedWords }: WordDiff): string {
  return `(words −${removedWords} +${addedWords})`;
}

function systemPromptText({ prompts }: RunDiff, width: number, paint: Paint): string[] {
  if (prompts.system.length === 0) return [];
  const lines = prompts.system
    .slice(0, MOST_LINES)
    .flatMap(({ agentId, words }) => [
      fitTo(width, `  ${shortName(agentId)} ${wordCount(words)}`),
      ...wrapTo(
        width - 4,
        safeLine(
          words.pieces
            .map(({ kind, text }) =>
              kind === 'same' ? text : kind === 'added' ? `{+${text}+}` : `[-${text}-]`,
            )
            .join(''),
        ),
      ).map((line) => paint('dim', `    ${line}`)),
    ]);
  return [`System prompts\n${lines.join('\n')}\n`];
}

function topologyText(diff: RunDiff, width: number, paint: Paint): string[] {
  const all = topologyLines(diff, shortName);
  if (all.length === 0) return [];
  const lines = all.slice(0, MOST_LINES).map(({ sign, text }) => {
    const line = fitTo(width, `  ${sign} ${text}`);
    return sign === '+' ? paint('green', line) : sign === '-' ? paint('red', line) : line;
  });
  if (all.length > MOST_LINES) lines.push(paint('dim', `    and ${all.length - MOST_LINES} more`));
  return [`Graph\n${lines.join('\n')}\n`];
}

function figures(title: string, rows: readonly MeasureRow[], paint: Paint): string {
  return toTable(
    [
      { title },
      { title: 'a', align: 'right' },
      { title: 'b', align: 'right' },
      { title: 'change', align: 'right' },
    ],
    rows.map((row) => [row.label, row.a, row.b, coloured(row.change, row)]),
    paint,
  );
}

/** One line per agent or model that is not the same; what is the same says nothing new. */
function groups(
  title: string,
  all: readonly ({ name: string } & Parameters<typeof cells>[0])[],
  paint: Paint,
): string[] {
  const labels = ['calls', 'errors', 'tokens out', 'cost', 'median call'];
  const rows = all.map((each) => ({ name: each.name, cells: cells(each, labels) }));
  const changed = rows.filter((each) => each.cells.some(({ tone }) => tone !== 'same')).slice(0, MOST_LINES);
  if (changed.length === 0) return [];
  const table = toTable(
    [{ title, max: LONGEST_NAME }, ...labels.map((label) => ({ title: label, align: 'right' as const }))],
    changed.map((each) => [
      each.name,
      ...each.cells.map((cell) =>
        coloured(cell.change || (cell.tone === 'same' ? '=' : `${cell.a}→${cell.b}`), cell),
      ),
    ]),
    paint,
  );
  return [table];
}

function coloured(text: string, { tone }: MeasureRow) {
  const colour = tone === 'worse' ? 'red' : tone === 'better' ? 'green' : undefined;
  return colour === undefined ? text : ({ text, colour } as const);
}

function verdictText(verdicts: readonly Verdict[], width: number, paint: Paint): string[] {
  if (verdicts.length === 0) return [];
  const words = { holds: 'FAIL', does_not_hold: 'ok', unknown: '?' } as const;
  const colours = { holds: 'red', does_not_hold: 'green', unknown: 'yellow' } as const;
  const lines = verdicts.map(
    ({ condition, outcome, because }) =>
      `${paint(colours[outcome], words[outcome].padEnd(4))} ${fitTo(width - 5, `${condition}: ${because}`)}`,
  );
  return [`${lines.join('\n')}\n`];
}

function shortName(id: string): string {
  return fitTo(LONGEST_NAME, safeLine(id.slice(0, 200))) || '(unnamed)';
}
