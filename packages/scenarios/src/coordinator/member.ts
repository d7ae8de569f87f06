import type { Agent } from '@pd/agents';
import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';
import type { Entry } from './entry.ts';
import { Mailbox } from './mailbox.ts';
import { isAgent, type JoinOptions, type Participant } from './participant.ts';
import { checkSupervision, type Supervision } from './supervision.ts';

const DEFAULT_MAILBOX = 1_000;

/** Somebody who takes part, with its mailbox. */
export class Member {
  readonly who: Agent | Participant;
  readonly mailbox: Mailbox<Entry>;
  readonly supervision: Supervision;
  readonly #concurrency: number;
  /** Messages that it handles now. */
  busy = 0;
  /** Id of the agent that has taken its place. */
  replacedBy: string | undefined;

  /** @throws {InvalidScenarioError} for options that make no sense */
  constructor(
    who: Agent | Participant,
    { mailbox = DEFAULT_MAILBOX, concurrency = 1, supervision = {} }: JoinOptions,
  ) {
    if (typeof who?.id !== 'string' || who.id === '')
      throw new InvalidScenarioError('whoever takes part needs an id');
    if (!isAgent(who) && typeof who.handle !== 'function')
      throw new InvalidScenarioError(`${who.id} is neither an agent nor has it a handle function`);
    for (const [name, count] of Object.entries({ mailbox, concurrency }))
      if (!Number.isSafeInteger(count) || count < 1)
        throw new InvalidScenarioError(
          `${name} of ${who.id} is ${String(count)}: give a whole number of at least 1`,
        );
    this.who = who;
    this.mailbox = new Mailbox(mailbox);
    this.supervision = checkSupervision(supervision, `the supervision of ${who.id}`);
    this.#concurrency = concurrency;
  }

  get id(): string {
    return this.who.id;
  }

  get isFree(): boolean {
    return this.busy < this.#concurrency;
  }

  /** What it has to do. */
  get load(): number {
    return this.busy + this.mailbox.size;
  }

  /** Whether it takes messages of that type. */
  accepts(type: string | undefined): boolean {
    if (isAgent(this.who)) return type === undefined;
    const { accepts } = this.who;
    return accepts === undefined || accepts.some(({ name }) => name === type);
  }
}
