import type { LogNode } from '../schema/tree.ts';
import { formatNumberOf } from './format.ts';
import { safeLine } from './safe-text.ts';
import type { Paint } from './style.ts';
import { fitTo } from './text-width.ts';

/** The program's own lines that a run has kept: how many of each level; expanded, every one. */
export function* renderLogs(
  logs: readonly LogNode[],
  { paint, columns, expand }: { paint: Paint; columns: number; expand: boolean },
): Generator<string> {
  if (logs.length === 0) return;
  yield '';
  const counts = new Map<string, number>();
  for (const { level } of logs) counts.set(level, (counts.get(level) ?? 0) + 1);
  const levels = [...counts].map(([level, count]) => `${count} ${safeLine(level)}`);
  yield `${paint('bold', formatNumberOf(logs.length, 'line'))}  ${paint('dim', levels.join(' · '))}`;
  if (!expand) return;
  for (const { at, level, message, fields, agent_id } of logs) {
    const parts = [level, agent_id, message, fields && JSON.stringify(fields)];
    const text = parts.flatMap((part) => safeLine(part ?? '') || []).join('  ');
    const time = safeLine(at.slice(11, 23));
    yield `${paint('dim', time)}  ${fitTo(columns - time.length - 2, text)}`;
  }
}
