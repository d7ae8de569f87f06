import type { RunTree } from '@pd/call-log/schema';
import { escapeHtml } from '../html/escape-html.ts';
import { PAGE_ICON } from '../html/page-icon.ts';
import { DIFF_STYLE, DIFF_STYLE_HASH } from '../page.generated.ts';
import { formatDuration } from '../text/format.ts';
import { shorten } from '../text/shorten.ts';
import { shownLine, shownText } from '../text/shown-text.ts';
import type { CallDifference } from './compare-call.ts';
import { callName, callsSentence, fieldName, topologyLines, whatDiffers } from './describe.ts';
import { diffRuns } from './diff-runs.ts';
import type { Verdict } from './fail-on.ts';
import { graphPair } from './graph-pair.ts';
import type { Compared } from './measure.ts';
import { cells, type MeasureRow, totalRows } from './measure-rows.ts';
import type { DivergentCall, RunDiff, RunSide } from './run-diff.ts';
import type { WordDiff } from './word-diff.ts';

/** Options of {@link toDiffHtml}. */
export interface DiffHtmlOptions {
  /** The comparison, if it is there already. */
  diff?: RunDiff;
  /** What came of conditions. */
  verdicts?: readonly Verdict[];
}

const MOST_LINES = 40;
const LONGEST_NAME = 100;

/**
 * Two runs compared, as one HTML document without any script: both graphs side by side, the first call that differs,
 * the others, the figures. It loads nothing, and its Content-Security-Policy allows its own style only. What agents
 * said is text throughout. Follows the reader's light or dark setting. The same runs give the same bytes.
 */
export function toDiffHtml(a: RunTree, b: RunTree, options: DiffHtmlOptions = {}): string {
  const { diff = diffRuns(a, b), verdicts = [] } = options;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${DIFF_STYLE_HASH}'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${text(`${shortName(diff.a.runId)} and ${shortName(diff.b.runId)}`)}</title>
<link rel="icon" href="${PAGE_ICON}">
<style>${DIFF_STYLE}</style>
</head>
<body>
<main>
<h1>${diff.isSame ? 'The runs are the same' : 'The runs differ'}</h1>
<p class="lead">${diff.isSame ? 'Nothing differs that does not differ between any two executions.' : `${text(callsSentence(diff))}.`}</p>
${verdictTable(verdicts)}${firstCard(diff.firstDivergence)}${graphs(a, b, diff)}${otherCalls(diff)}${systemPrompts(diff)}<h2>Figures</h2>
${table(
  ['', 'a', 'b', 'change'],
  totalRows(diff).map((row) => [cell(row.label), cell(row.a), cell(row.b), changeCell(row)]),
)}
${groups(
  'Agents',
  diff.agents.map((each) => ({ name: each.agentId, ...each })),
)}${groups(
  'Models',
  diff.models.map((each) => ({ name: `${each.provider}/${each.model}`, ...each })),
)}</main>
</body>
</html>
`;
}

function verdictTable(verdicts: readonly Verdict[]): string {
  if (verdicts.length === 0) return '';
  const words = { holds: 'holds', does_not_hold: 'does not hold', unknown: 'cannot be told' } as const;
  const tones = { holds: 'worse', does_not_hold: 'better', unknown: 'soft' } as const;
  const rows = verdicts.map(({ condition, outcome, because }) => [
    `<td><code>${text(condition)}</code></td>`,
    `<td class="text ${tones[outcome]}">${words[outcome]}</td>`,
    `<td class="text">${text(because)}</td>`,
  ]);
  return `<h2>Conditions</h2>\n${table([], rows)}`;
}

function firstCard(call: DivergentCall | undefined): string {
  if (call === undefined) return '';
  const ids = [
    call.a && `a <code>${text(shortName(call.a.callId))}</code>`,
    call.b && `b <code>${text(shortName(call.b.callId))}</code>`,
  ];
  return `<h2>The first difference</h2>
<section class="card first"><p><b>${text(callName(call, shortName))}</b> ${text(whatDiffers(call))}</p>
<p class="soft">${ids.filter((id) => id !== undefined).join(' · ')}</p>
${details(call)}</section>
`;
}

function details({ differences, reply }: DivergentCall): string {
  return differences.map((difference) => differenceBlock(difference, reply)).join('');
}

function differenceBlock(difference: CallDifference, reply: WordDiff | undefined): string {
  const title = `<div class="soft">${text(fieldName(difference))}</div>`;
  if (difference.field === 'reply' && reply !== undefined)
    return `<div class="difference">${title}${words(reply)}</div>`;
  const side = (name: 'a' | 'b') =>
    `<pre class="in-${name}">${difference[name] === undefined ? '<span class="soft">(none)</span>' : text(difference[name])}</pre>`;
  return `<div class="difference">${title}${side('a')}${side('b')}</div>`;
}

function words({ pieces, removedWords, addedWords }: WordDiff): string {
  const tags = { same: ['', ''], removed: ['<del>', '</del>'], added: ['<ins>', '</ins>'] } as const;
  const shown = pieces
    .map(({ kind, text: piece }) => `${tags[kind][0]}${text(piece)}${tags[kind][1]}`)
    .join('');
  return `<div class="words">${shown}</div><div class="soft">${removedWords} words out, ${addedWords} in</div>`;
}

function graphs(a: RunTree, b: RunTree, diff: RunDiff): string {
  const pair = graphPair(a, b);
  const all = topologyLines(diff, shortName);
  const marks = { '+': 'added', '-': 'removed', '~': 'changed' } as const;
  const lines = all
    .slice(0, MOST_LINES)
    .map(
      ({ sign, text: line }) =>
        `<li class="${marks[sign]}"><span class="sign">${sign}</span>${text(line)}</li>`,
    );
  const more = all.length > MOST_LINES ? `<li class="soft">and ${all.length - MOST_LINES} more</li>` : '';
  const key =
    all.length === 0
      ? '<p class="soft">The graphs are the same.</p>'
      : `<div class="key"><span class="removed"><b>red</b> only in a</span><span class="added"><b>green</b> only in b</span><span class="changed"><b>amber</b> another count</span></div>`;
  const card = (letter: 'a' | 'b', side: RunSide) =>
    `<section class="card">${sideHead(letter, side)}${pair === undefined ? '' : pair[letter]}</section>`;
  const tooMuch = pair === undefined ? '<p class="soft">The graphs are too dense for a picture.</p>' : '';
  return `<h2>Graph</h2>
<div class="sides">${card('a', diff.a)}${card('b', diff.b)}</div>
${tooMuch}${key}<ul class="lines">${lines.join('')}${more}</ul>
`;
}

function sideHead(letter: string, { runId, name, status, durationMs }: RunSide): string {
  const title = name === undefined ? '' : `<b>${text(shortName(name))}</b>`;
  return `<div class="side-head"><span class="letter">${letter}</span>${title}<code>${text(shortName(runId))}</code><span class="soft">${status}, ${formatDuration(durationMs)}</span></div>`;
}

function otherCalls({ divergent, calls }: RunDiff): string {
  const others = divergent.slice(1);
  if (others.length === 0) return '';
  const left = calls.changed + calls.removed + calls.added - divergent.length;
  const marks = { added: ['added', '+'], removed: ['removed', '-'], changed: ['changed', '~'] } as const;
  const items = others.map((call) => {
    const [mark, sign] = marks[call.kind];
    const title = `<span class="${mark}"><span class="sign">${sign}</span></span>${text(callName(call, shortName))} <span class="soft">${text(whatDiffers(call))}</span>`;
    return call.differences.length === 0
      ? `<div class="call">${title}</div>`
      : `<details><summary>${title}</summary>${details(call)}</details>`;
  });
  return `<h2>Then</h2>\n${items.join('\n')}${left > 0 ? `<p class="soft">and ${left} more</p>` : ''}\n`;
}

function systemPrompts({ prompts }: RunDiff): string {
  const items = prompts.system.map(
    ({ agentId, words: changed }) =>
      `<div class="difference"><b>${text(shortName(agentId))}</b>${words(changed)}</div>`,
  );
  return items.length === 0 ? '' : `<h2>System prompts</h2>\n${items.join('\n')}\n`;
}

function groups(title: string, all: readonly ({ name: string } & Compared)[]): string {
  const labels = ['calls', 'errors', 'tokens in', 'tokens out', 'cost', 'median call'];
  const rows = all
    .slice(0, MOST_LINES)
    .map((each) => [cell(shortName(each.name)), ...cells(each, labels).map((row) => bothCell(row))]);
  if (rows.length === 0) return '';
  return `<h2>${title}</h2>\n${table(['', ...labels], rows)}\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const titles =
    head.length === 0
      ? ''
      : `<thead><tr>${head.map((title) => `<th scope="col">${title}</th>`).join('')}</tr></thead>`;
  return `<div class="scroll"><table>${titles}<tbody>${rows.map((row) => `<tr>${row.join('')}</tr>`).join('')}</tbody></table></div>`;
}

function cell(content: string): string {
  return `<td>${text(content)}</td>`;
}

function bothCell({ a, b, tone }: MeasureRow): string {
  return tone === 'same' ? cell(a) : `<td class="${tone}">${text(a)} → ${text(b)}</td>`;
}

function changeCell({ change, tone }: MeasureRow): string {
  return `<td class="${tone}">${text(change)}</td>`;
}

/** Names are cut: they may be 10 MB. */
function shortName(name: string): string {
  return shorten(shownLine(name), LONGEST_NAME) || '(unnamed)';
}

/** Text of a log, of which nothing acts. */
function text(content: string): string {
  return escapeHtml(shownText(content));
}
