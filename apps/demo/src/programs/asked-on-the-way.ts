import { type ScenarioEvent, type ScenarioOutcome, type ScenarioRun, streamResumed } from '@pd/scenarios';
import type { DemoScenario } from '../scenarios/demo-scenario.ts';
import { askPerson, decisionsNeeded } from '../terminal/ask-person.ts';
import { type Stage, toEnd } from './program.ts';

/**
 * Plays a scenario. Where it waits for decisions and somebody sits at the terminal, that person is asked, and the run goes
 * on with the answers; otherwise the outcome says what it waits for.
 */
export async function askedOnTheWay(
  scenario: DemoScenario['scenario'],
  runId: string,
  begun: ScenarioRun,
  { tell, ...stage }: Stage,
): Promise<ScenarioOutcome> {
  const show = onlyOnce(tell);
  let outcome = await toEnd(begun, show);
  while (process.stdin.isTTY && process.stdout.isTTY) {
    const needed = decisionsNeeded(outcome);
    if (needed.length === 0) break;
    const decisions = await askPerson(needed, stage.signal);
    show.again();
    outcome = await toEnd(streamResumed(scenario, { ...stage, runId, decisions }), show);
  }
  return outcome;
}

/** A run that goes on tells everything from its beginning; what has been shown is not shown again. */
function onlyOnce(tell: Stage['tell']) {
  const shown = new Set<string>();
  let repeated = new Set<string>();
  const show = (event: ScenarioEvent): void => {
    if (repeated.has(nameOf(event))) return;
    shown.add(nameOf(event));
    tell(event);
  };
  const again = () => {
    repeated = new Set(shown);
  };
  return Object.assign(show, { again });
}

/** Texts of a turn belong together, however they were cut. */
function nameOf(event: ScenarioEvent): string {
  if ('turn' in event) return `${event.type} ${event.turn}`;
  if (event.type === 'message' || event.type === 'message-lost') return `${event.type} ${event.message.id}`;
  return JSON.stringify(event);
}
