import { fenced } from '../markdown/fenced.ts';
import { inlineText } from '../markdown/inline-text.ts';
import { markdownTable } from '../report/markdown-table.ts';
import { formatDuration } from '../text/format.ts';
import { callName, callsSentence, fieldName, topologyLines, whatDiffers } from './describe.ts';
import type { Verdict } from './fail-on.ts';
import { cells, type MeasureRow, totalRows } from './measure-rows.ts';
import type { DivergentCall, RunDiff, RunSide } from './run-diff.ts';

const MOST_LINES = 20;

/**
 * A comparison as Markdown, for a comment on a pull request: what differs in sentences, then figures as tables. What
 * agents said stands in code only, where nothing is markup, a link or a mention.
 */
export function toDiffMarkdown(diff: RunDiff, verdicts: readonly Verdict[] = []): string {
  return [
    `## ${diff.isSame ? 'The runs are the same' : 'The runs differ'}\n`,
    ...verdictTable(verdicts),
    `- a: ${sideText(diff.a)}\n- b: ${sideText(diff.b)}\n`,
    diff.isSame
      ? 'Nothing differs that does not differ between any two executions.\n'
      : `${callsSentence(diff)}.\n`,
    ...(diff.firstDivergence === undefined ? [] : [firstText(diff.firstDivergence)]),
    ...list(
      'Then',
      diff.divergent.slice(1),
      (call) => `${callName(call, inlineText)} ${whatDiffers(call)}`,
      left(diff),
    ),
    ...list(
      'System prompts',
      diff.prompts.system,
      ({ agentId, words }) =>
        `${inlineText(agentId)}: ${words.removedWords} words out, ${words.addedWords} in`,
    ),
    ...list('Graph', topologyLines(diff, inlineText), ({ sign, text }) => `\`${sign}\` ${text}`),
    markdownTable(
      ['', 'a', 'b', 'change'],
      totalRows(diff).map((row) => [row.label, row.a, row.b, changeCell(row)]),
    ),
    ...groups(
      'agent',
      diff.agents.map((each) => ({ name: each.agentId, ...each })),
    ),
    ...groups(
      'model',
      diff.models.map((each) => ({ name: `${each.provider}/${each.model}`, ...each })),
    ),
  ].join('\n');
}

function sideText({ runId, name, status, durationMs }: RunSide): string {
  const title = name === undefined ? '' : ` (${inlineText(name)})`;
  return `${inlineText(runId)}${title}, ${status}, ${formatDuration(durationMs)}`;
}

function left({ divergent, calls }: RunDiff): number {
  return calls.changed + calls.removed + calls.added - divergent.length;
}

function firstText(call: DivergentCall): string {
  const title = `**First difference:** ${callName(call, inlineText)} ${whatDiffers(call)}.\n`;
  const [difference] = call.differences;
  if (difference === undefined) return title;
  const lines = [
    ...(difference.a ?? '(none)').split('\n').map((line) => `- ${line}`),
    ...(difference.b ?? '(none)').split('\n').map((line) => `+ ${line}`),
  ];
  return `${title}\n${fieldName(difference)}:\n\n${fenced(lines.join('\n'), 'diff')}`;
}

function list<T>(title: string, items: readonly T[], text: (item: T) => string, more = 0): string[] {
  if (items.length === 0) return [];
  const shown = items.slice(0, MOST_LINES).map((item) => `- ${text(item)}`);
  const hidden = items.length - shown.length + more;
  return [`**${title}**\n\n${[...shown, ...(hidden > 0 ? [`- and ${hidden} more`] : [])].join('\n')}\n`];
}

function groups(title: string, all: readonly ({ name: string } & Parameters<typeof cells>[0])[]): string[] {
  const labels = ['calls', 'errors', 'tokens in', 'tokens out', 'cost', 'median call'];
  const changed = all
    .map(({ name, ...compared }) => ({ name, cells: cells(compared, labels) }))
    .filter((each) => each.cells.some(({ tone }) => tone !== 'same'))
    .slice(0, MOST_LINES);
  if (changed.length === 0) return [];
  const rows = changed.map((each) => [inlineText(each.name), ...each.cells.map(bothCell)]);
  return [markdownTable([title, ...labels], rows)];
}

function bothCell({ a, b, tone }: MeasureRow): string {
  return tone === 'same' ? a : `${a} → ${b}`;
}

function changeCell({ change, tone }: MeasureRow): string {
  return tone === 'worse' ? `**${change}**` : change;
}

function verdictTable(verdicts: readonly Verdict[]): string[] {
  if (verdicts.length === 0) return [];
  const words = { holds: '❌', does_not_hold: '✅', unknown: '❔ cannot be told' } as const;
  const rows = verdicts.map(({ condition, outcome, because }) => [
    words[outcome],
    `\`${condition}\``,
    because,
  ]);
  return [markdownTable(['', 'condition', 'found'], rows)];
}
