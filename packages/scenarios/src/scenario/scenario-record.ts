import { randomUUID } from 'node:crypto';
import { guardLogger } from '@pd/call-log/logger';
import type { JsonValue, Logger } from '@pd/call-log/schema';
import type { MessageEnd } from '../coordinator/message.ts';
import { RecordedStepError } from '../errors/recorded-step-error.ts';
import { MessageLedger } from '../message-ledger.ts';
import type { PlayOptions } from './play-options.ts';
import type { Resumed } from './resumed.ts';

/** What a scenario writes beside calls, and reads again when it is resumed. */
export class ScenarioRecord {
  /** Where its messages are put on record. */
  readonly ledger: MessageLedger;
  readonly #logger: Logger;
  readonly #resumed: Resumed | undefined;

  constructor({ logger, createId }: Pick<PlayOptions, 'logger' | 'createId'>, resumed?: Resumed) {
    const guarded = guardLogger(logger);
    this.#resumed = resumed;
    this.#logger = (event) => {
      // A line that is on record is not written again.
      const isNews =
        event.type !== 'log' || resumed === undefined || resumed.run.unrecorded(event) !== undefined;
      if (isNews) guarded(event);
    };
    this.ledger = new MessageLedger(this.#logger, createId, (entry) => resumed?.run.message(entry));
  }

  /**
   * Does something once: its value is on record before anybody has it, and taken from there when the run is resumed.
   *
   * @throws {RecordedStepError} when it has failed on record
   */
  async step<T extends JsonValue>(name: string, work: () => T | Promise<T>): Promise<T> {
    const known = this.#resumed?.run.step(name);
    if (known?.status === 'error') throw new RecordedStepError(name, known.error?.message);
    if (known !== undefined) return known.value as T;
    const value = await work();
    this.#logger({ type: 'step', step_id: `step_${randomUUID()}`, name, status: 'ok', value });
    return value;
  }

  /** The value of the next step of that name, if it is on record. */
  recorded(name: string): JsonValue | undefined {
    return this.#resumed?.run.step(name)?.value;
  }

  /** How a message ended that was not answered in time when it was recorded; it is not waited for again. */
  expired(messageId: string): MessageEnd | undefined {
    return this.#resumed?.expired.get(messageId);
  }
}
