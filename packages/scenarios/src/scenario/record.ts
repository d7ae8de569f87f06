import { randomUUID } from 'node:crypto';
import { guardLogger } from '@pd/call-log/logger';
import type { JsonValue, LogEvent, Logger } from '@pd/call-log/schema';
import type { RecordedRun } from '@pd/llm-client/resume';
import { InvalidStepError } from '../errors/invalid-step-error.ts';
import { RecordedStepError } from '../errors/recorded-step-error.ts';
import { findNoJson } from './find-no-json.ts';
import { Ordinals } from './ordinals.ts';

/** What a scenario writes beside calls and messages, and reads again when it is resumed. */
export class Record {
  /** The run that is done again; absent in a run that is new. */
  readonly resumed: RecordedRun | undefined;
  /** Gets what is not on record yet. */
  readonly logger: Logger;
  readonly #ordinals = new Ordinals();

  constructor(logger: Logger | undefined, resumed?: RecordedRun) {
    this.resumed = resumed;
    const guarded = guardLogger(logger);
    this.logger = resumed === undefined ? guarded : unrecorded(resumed, guarded);
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
    const known = this.resumed?.step(name, ordinal);
    if (known?.status === 'error') throw new RecordedStepError(name, known.error?.message);
    if (known !== undefined) return known.value as T;
    let value: T | undefined;
    try {
      value = copyOf(name, await work());
    } catch (error) {
      this.#ordinals.giveBack(name, ordinal);
      throw error;
    }
    this.logger({ type: 'step', step_id: `step_${randomUUID()}`, name, ordinal, status: 'ok', value });
    return value as T;
  }

  /** The value of the next step of that name, if it is on record. */
  recorded(name: string): JsonValue | undefined {
    const ordinal = this.#ordinals.take(name);
    const known = this.resumed?.step(name, ordinal);
    if (known === undefined) this.#ordinals.giveBack(name, ordinal);
    return known?.value;
  }
}

/** The value as it is on record, whatever is done with it later. Work that gives nothing has nothing on record. */
function copyOf<T>(name: string, value: T): T | undefined {
  if (value === undefined) return undefined;
  const why = findNoJson(value);
  if (why !== undefined) throw new InvalidStepError(name, why);
  return JSON.parse(JSON.stringify(value));
}

/** Messages and lines that are on record are not written again; what changes of them is, under its id on record. */
function unrecorded(resumed: RecordedRun, logger: (event: LogEvent) => void): Logger {
  return (event) => {
    if (event.type !== 'message' && event.type !== 'log') return logger(event);
    const news = resumed.unrecorded(event);
    if (news !== undefined) logger(news);
  };
}
