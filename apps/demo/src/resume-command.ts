import type { ScenarioOutcome } from '@pd/scenarios';
import type { DemoOptions } from './options.ts';
import { decisionsNeeded } from './terminal/ask-person.ts';

/**
 * The command that goes on with a run that was stopped, has failed, or waits for a decision; `undefined` for one that has
 * come to its end.
 *
 * @param outcome absent when the run did not come to one
 */
export function toResumeCommand(
  runId: string,
  outcome: ScenarioOutcome | undefined,
  { logDir }: DemoOptions,
): string | undefined {
  if (outcome !== undefined && outcome.reason !== 'waiting' && outcome.error === undefined) return undefined;
  const allow = decisionsNeeded(outcome).map(({ id }) => `--allow ${id}`);
  const folder = logDir === undefined ? [] : ['--log-dir', JSON.stringify(logDir)];
  return ['npx -y pnpm@12 demo --resume', runId, ...allow, ...folder].join(' ');
}
