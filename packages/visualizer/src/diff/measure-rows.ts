import { formatCost, formatCount, formatDuration } from '../text/format.ts';
import type { Compared, Measures } from './measure.ts';
import type { RunDiff } from './run-diff.ts';

/** One measure of both runs, as text. */
export interface MeasureRow {
  label: string;
  a: string;
  b: string;
  /** Such as `+12 %` or `+3`; empty where nothing changed or one side is unknown. */
  change: string;
  /** `worse` where more of it is no good, such as money and errors. */
  tone: 'same' | 'better' | 'worse' | 'other';
}

const UNKNOWN = '–';

interface Kind {
  label: string;
  of(measures: Measures): number | undefined;
  text(value: number): string;
  /** Where more is neither good nor bad in itself. */
  isNeutral?: true;
}

const KINDS: readonly Kind[] = [
  { label: 'calls', of: ({ calls }) => calls, text: formatCount, isNeutral: true },
  { label: 'attempts', of: ({ attempts }) => attempts, text: formatCount },
  { label: 'errors', of: ({ errors }) => errors, text: formatCount },
  { label: 'tokens in', of: ({ inputTokens }) => inputTokens, text: formatCount },
  { label: 'tokens out', of: ({ outputTokens }) => outputTokens, text: formatCount },
  { label: 'from cache', of: ({ cachedTokens }) => cachedTokens, text: formatCount, isNeutral: true },
  { label: 'cost', of: ({ costUsd }) => costUsd, text: formatCost },
  { label: 'unpriced calls', of: ({ unpricedCalls }) => unpricedCalls || undefined, text: formatCount },
  { label: 'median call', of: ({ medianMs }) => medianMs, text: formatDuration },
  { label: '95 % of calls', of: ({ p95Ms }) => p95Ms, text: formatDuration },
];

/** The whole runs compared, a row per measure that at least one of them has. */
export function totalRows({ total, a, b }: RunDiff): MeasureRow[] {
  const run = row('run', a.durationMs, b.durationMs, formatDuration, false);
  return [...measureRows(total), run];
}

/** One thing compared, a row per measure that at least one side has. */
export function measureRows({ a, b }: Compared): MeasureRow[] {
  return KINDS.flatMap(({ label, of, text, isNeutral = false }) => {
    const [x, y] = [a && of(a), b && of(b)];
    return x === undefined && y === undefined ? [] : [row(label, x, y, text, isNeutral)];
  });
}

/** Named measures of one thing, in the order of the names; absent rows as unknown. */
export function cells(compared: Compared, labels: readonly string[]): MeasureRow[] {
  const rows = new Map(measureRows(compared).map((each) => [each.label, each]));
  return labels.map(
    (label) => rows.get(label) ?? { label, a: UNKNOWN, b: UNKNOWN, change: '', tone: 'same' },
  );
}

function row(
  label: string,
  a: number | undefined,
  b: number | undefined,
  text: (value: number) => string,
  isNeutral: boolean,
): MeasureRow {
  const [textA, textB] = [a, b].map((value) => (value === undefined ? UNKNOWN : text(value)));
  const texts = { label, a: textA ?? UNKNOWN, b: textB ?? UNKNOWN };
  if (a === undefined || b === undefined) return { ...texts, change: '', tone: a === b ? 'same' : 'other' };
  if (a === b) return { ...texts, change: '', tone: 'same' };
  return { ...texts, change: changeText(a, b, text), tone: isNeutral ? 'other' : b > a ? 'worse' : 'better' };
}

/** In percent, where that says something; else the difference. */
function changeText(a: number, b: number, text: (value: number) => string): string {
  const sign = b > a ? '+' : '−';
  if (a < 20 && Number.isInteger(a) && Number.isInteger(b)) return `${sign}${text(Math.abs(b - a))}`;
  if (a <= 0) return `${sign}${text(Math.abs(b - a))}`;
  const percent = (Math.abs(b - a) / a) * 100;
  return `${sign}${percent < 0.1 ? '<0.1' : percent < 10 ? percent.toFixed(1) : formatCount(Math.round(percent))} %`;
}
