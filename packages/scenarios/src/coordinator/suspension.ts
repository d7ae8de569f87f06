import type { Waiting } from '../scenario/scenario-outcome.ts';

/** Thrown where an answer waits for a person: the message stays as it is, to be handled when the scenario is resumed. */
export class Suspension extends Error {
  override readonly name = 'Suspension';
  readonly waiting: Waiting;

  constructor(waiting: Waiting) {
    super(`${waiting.agent} waits for a person's ${waiting.type === 'approval' ? 'decision' : 'answer'}`);
    this.waiting = waiting;
  }
}
