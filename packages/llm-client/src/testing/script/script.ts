import { compareCall, textOf } from './compare-call.ts';
import type { ScriptedCall, ScriptedStep } from './scripted-step.ts';
import { StepsLeftError } from './steps-left-error.ts';
import { UnexpectedCallError } from './unexpected-call-error.ts';

/** A step with its place in the script. */
export interface PlacedStep {
  /** Counts from 1. */
  number: number;
  agent: string | undefined;
  step: Exclude<ScriptedStep, string>;
}

/** Steps in lanes, one per agent, and what has become of them. */
export class Script {
  readonly calls: ScriptedCall[] = [];
  readonly #steps: readonly PlacedStep[];
  readonly #lanes = new Map<string | undefined, PlacedStep[]>();
  #unexpected: UnexpectedCallError | undefined;

  /** @throws TypeError for a step that neither replies nor fails */
  constructor(steps: readonly ScriptedStep[]) {
    this.#steps = steps.map(place);
    for (const step of this.#steps) {
      const lane = this.#lanes.get(step.agent);
      if (lane === undefined) this.#lanes.set(step.agent, [step]);
      else lane.push(step);
    }
  }

  /** @throws {UnexpectedCallError} with the difference; the step stays where it is */
  take(received: Omit<ScriptedCall, 'number' | 'step'>): { call: ScriptedCall; step: PlacedStep } {
    const number = this.calls.length + 1;
    const lane = this.#lanes.get(received.agent) ?? this.#lanes.get(undefined);
    const next = lane?.[0];
    const call = { ...received, number };
    const problem =
      next === undefined
        ? 'the script has no step left for it'
        : mismatch(next, compareCall(next.step.expect ?? {}, call));
    if (next === undefined || problem !== undefined) {
      this.calls.push(call);
      const error = new UnexpectedCallError(`${describe(call)} was not expected: ${problem}`);
      this.#unexpected ??= error;
      throw error;
    }
    lane?.shift();
    const answered = { ...call, step: next.number };
    this.calls.push(answered);
    return { call: answered, step: next };
  }

  /** @throws {UnexpectedCallError | StepsLeftError} unless every call was expected and every step was taken */
  done(): void {
    if (this.#unexpected !== undefined) throw this.#unexpected;
    const waiting = new Set([...this.#lanes.values()].flat());
    const left = this.#steps.filter((step) => waiting.has(step));
    if (left.length === 0) return;
    const numbers = left.map(({ number }) => number);
    const names = left.map(
      ({ number, agent }) => `${number}${agent === undefined ? '' : ` (agent ${JSON.stringify(agent)})`}`,
    );
    throw new StepsLeftError(
      numbers,
      `the script is not over: after ${this.calls.length} calls, ${left.length} of its ${this.#steps.length} steps were not asked for: ${names.join(', ')}`,
    );
  }
}

function place(step: ScriptedStep, index: number): PlacedStep {
  const number = index + 1;
  if (typeof step === 'string') return { number, agent: undefined, step: { reply: step } };
  if (typeof step !== 'object' || step === null || 'reply' in step === 'error' in step)
    throw new TypeError(`step ${number} of the script must be a text, or have a reply or an error`);
  return { number, agent: step.agent, step };
}

function mismatch({ number }: PlacedStep, found: readonly string[]): string | undefined {
  if (found.length === 0) return undefined;
  return `step ${number} says\n${found.map((line) => `- ${line}`).join('\n')}`;
}

function describe({ number, agent, messages }: ScriptedCall): string {
  const last = textOf(messages.at(-1));
  const shown = last.length > 80 ? `${last.slice(0, 80)}…` : last;
  return `call ${number} of agent ${JSON.stringify(agent)} (last message ${JSON.stringify(shown)})`;
}
