import type { Analysis } from '../analysis/analyse.ts';
import type { PathKind, PathStep } from '../analysis/critical-path.ts';
import { inlineText } from '../markdown/inline-text.ts';
import { formatCount, formatDuration, formatShare } from '../text/format.ts';
import { changeText } from './findings.ts';
import { markdownTable } from './markdown-table.ts';

const KINDS: Record<PathKind, string> = {
  call: 'model call',
  tools: 'tools',
  work: 'own work',
  waiting: 'waiting for a person',
  start: 'before the first event',
  end: 'after the last event',
};

/** Where the time went: the critical path, what would have shortened it, and each agent. */
export function* timeTables({ path, whatIf, agents, durationMs }: Analysis): Generator<string> {
  if (path.longest.length > 0) {
    yield '\n## Critical path\n\nWhat the duration hung on, from the record only: a call on what its agent had ended and got by then.\n\n';
    yield markdownTable(
      ['spent on', 'time', 'share'],
      path.kinds.map(({ kind, ms }) => [KINDS[kind], formatDuration(ms), formatShare(ms, durationMs)]),
    );
    yield '\nIts longest stretches:\n\n';
    yield markdownTable(
      ['stretch', 'began', 'took', 'of it waiting'],
      path.longest.map((step) => [
        stepText(step),
        formatDuration(step.startMs),
        formatDuration(step.durationMs),
        step.waitedMs === undefined ? '' : formatDuration(step.waitedMs),
      ]),
    );
  }
  if (whatIf.length > 0) {
    yield '\n## What if\n\n';
    yield markdownTable(
      ['change', 'the run would take', 'saved', 'share'],
      whatIf.map(({ change, durationMs: predicted, savedMs }) => [
        changeText(change),
        formatDuration(predicted),
        formatDuration(savedMs),
        formatShare(savedMs, durationMs),
      ]),
    );
    yield '\nPredicted by replaying what hung on what, on the assumption that everybody would have said and done the same and that all time between calls stays as it was.\n';
  }
  if (agents.length > 0) {
    yield '\n## Time per agent\n\n';
    yield markdownTable(
      ['agent', 'calls', 'working', 'of it waiting', 'tools', 'between calls'],
      agents.map(({ agentId, calls, workingMs, waitedMs, toolMs, betweenMs }) => [
        inlineText(agentId),
        formatCount(calls),
        ...[workingMs, waitedMs, toolMs, betweenMs].map(formatDuration),
      ]),
    );
  }
}

function stepText({ kind, agentId, callId }: PathStep): string {
  const who = agentId === undefined ? '' : ` of ${inlineText(agentId)}`;
  const which = callId === undefined ? '' : `, ${kind === 'call' ? '' : 'after '}${inlineText(callId)}`;
  return kind === 'start' || kind === 'end' ? KINDS[kind] : `${KINDS[kind]}${who}${which}`;
}
