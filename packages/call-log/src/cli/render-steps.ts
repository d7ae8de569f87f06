import type { StepNode } from '../schema/tree.ts';
import { jsonText } from './chat-text.ts';
import { formatNumberOf } from './format.ts';
import { safeLine } from './safe-text.ts';
import type { Paint } from './style.ts';
import { fitTo } from './text-width.ts';

/** The values that a run has taken and that were no replies: how many of each name; expanded, every one. */
export function* renderSteps(
  steps: readonly StepNode[],
  { paint, columns, expand }: { paint: Paint; columns: number; expand: boolean },
): Generator<string> {
  if (steps.length === 0) return;
  yield '';
  const counts = new Map<string, number>();
  for (const { name } of steps) counts.set(name, (counts.get(name) ?? 0) + 1);
  const names = [...counts].map(([name, count]) => `${count} ${safeLine(name)}`);
  const head = formatNumberOf(steps.length, 'step');
  yield `${paint('bold', head)}  ${paint('dim', fitTo(columns - head.length - 2, names.join(' · ')))}`;
  if (!expand) return;
  for (const { at, name, status, value, error, agent_id } of steps) {
    const parts = [name, agent_id, status === 'error' ? `✗ ${error?.message ?? ''}` : jsonText(value)];
    const text = parts.flatMap((part) => safeLine(part ?? '') || []).join('  ');
    const time = safeLine(at.slice(11, 23));
    yield `${paint('dim', time)}  ${fitTo(columns - time.length - 2, text)}`;
  }
}
