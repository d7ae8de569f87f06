import { randomUUID } from 'node:crypto';
import { guardLogger } from '@pd/call-log/logger';
import type { JsonValue, Logger } from '@pd/call-log/schema';
import type { MessageEnd } from '../coordinator/message.ts';
import { InvalidStepError } from '../errors/invalid-step-error.ts';
import { RecordedStepError } from '../errors/recorded-step-error.ts';
import { MessageLedger } from '../message-ledger.ts';
import { findNoJson } from './find-no-json.ts';
import { Ordinals } from './ordinals.ts';
import type { PlayOptions } from './play-options.ts';
import type { Resumed } from './resumed.ts';

/** What a scenario writes beside calls, and reads again when it is resumed. */
export class ScenarioRecord {
  /** Where its messages are put on record. */
  readonly ledger: MessageLedger;
  readonly #logger: Logger;
  readonly #resumed: Resumed | undefined;
  readonly #ordinals = new Ordinals();

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
   * Does something once: its value is on record before anybody has it, and taken from there when the run is resumed. What fails
   * is not on record, and tried again then.
   *
   * @throws {RecordedStepError} when it has failed on record
   * @throws {InvalidStepError} when its value would not be the same on record; what `work` throws
   */
  async step<T extends JsonValue>(name: string, work: () => T | Promise<T>): Promise<T> {
    // Those of a name may be under way at once, and end in any order.
    const ordinal = this.#ordinals.take(name);
    const known = this.#resumed?.run.step(name, ordinal);
    if (known?.status === 'error') throw new RecordedStepError(name, known.error?.message);
    if (known !== undefined) return known.value as T;
    let value: T | undefined;
    try {
      value = copyOf(name, await work());
    } catch (error) {
      this.#ordinals.giveBack(name, ordinal);
      throw error;
    }
    this.#logger({ type: 'step', step_id: `step_${randomUUID()}`, name, ordinal, status: 'ok', value });
    return value as T;
  }

  /** The value of the next step of that name, if it is on record. */
  recorded(name: string): JsonValue | undefined {
    const ordinal = this.#ordinals.take(name);
    const known = this.#resumed?.run.step(name, ordinal);
    if (known === undefined) this.#ordinals.giveBack(name, ordinal);
    return known?.value;
  }

  /** How a message ended that was not answered in time when it was recorded; it is not waited for again. */
  expired(messageId: string): MessageEnd | undefined {
    return this.#resumed?.expired.get(messageId);
  }
}

/** The value as it is on record, whatever is done with it later. Work that gives nothing has nothing on record. */
function copyOf<T>(name: string, value: T): T | undefined {
  if (value === undefined) return undefined;
  const why = findNoJson(value);
  if (why !== undefined) throw new InvalidStepError(name, why);
  return JSON.parse(JSON.stringify(value));
}
