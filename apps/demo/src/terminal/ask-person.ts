import { createInterface } from 'node:readline/promises';
import type { Decision } from '@pd/agents';
import type { ScenarioOutcome } from '@pd/scenarios';
import { safeText } from './safe-text.ts';

/** A tool call that waits for a person. */
export interface NeededDecision {
  id: string;
  agent: string;
  name: string;
  arguments: unknown;
}

/** What an outcome waits for. */
export function decisionsNeeded(outcome: ScenarioOutcome | undefined): NeededDecision[] {
  return (outcome?.pending ?? []).flatMap((waiting) =>
    waiting.type === 'approval'
      ? waiting.pending.tool_calls
          .filter(({ needs_decision }) => needs_decision)
          .map(({ id, name, arguments: given }) => ({ id, agent: waiting.agent, name, arguments: given }))
      : [],
  );
}

/** A tool call in one line, safe for a terminal. */
export function describeDecision({ agent, name, arguments: given }: NeededDecision): string {
  return safeText(`${agent} wants to run ${name} ${JSON.stringify(given)}`).replaceAll('\n', ' ');
}

/** Asks on the terminal; whatever is not a yes is a no. @throws the signal's reason */
export async function askPerson(
  needed: readonly NeededDecision[],
  signal: AbortSignal,
): Promise<{ [toolCallId: string]: Decision }> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const decisions: { [toolCallId: string]: Decision } = {};
  try {
    for (const each of needed) {
      const answer = await terminal.question(`${describeDecision(each)}: allow it? [y/N] `, { signal });
      decisions[each.id] = /^\s*y(es)?\s*$/i.test(answer) ? 'allow' : 'deny';
    }
    return decisions;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    terminal.close();
  }
}
