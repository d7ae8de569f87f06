import { randomUUID } from 'node:crypto';
import { guardLogger } from '@pd/call-log/logger';
import type { JsonValue, LogEvent, Logger } from '@pd/call-log/schema';
import type { RecordedRun } from '@pd/llm-client/resume';
import { RecordedStepError } from '../errors/recorded-step-error.ts';

/** What a scenario writes beside calls and messages, and reads again when it is resumed. */
export class Record {
  /** The run that is done again; absent in a run that is new. */
  readonly resumed: RecordedRun | undefined;
  /** Gets what is not on record yet. */
  readonly logger: Logger;

  constructor(logger: Logger | undefined, resumed?: RecordedRun) {
    this.resumed = resumed;
    const guarded = guardLogger(logger);
    this.logger = resumed === undefined ? guarded : unrecorded(resumed, guarded);
  }

  /**
   * Does something once: its value is on record before anybody has it, and taken from there when the run is resumed.
   *
   * @throws {RecordedStepError} when it has failed on record
   */
  async step<T extends JsonValue>(name: string, work: () => T | Promise<T>): Promise<T> {
    const known = this.resumed?.step(name);
    if (known?.status === 'error') throw new RecordedStepError(name, known.error?.message);
    if (known !== undefined) return known.value as T;
    const value = await work();
    this.logger({ type: 'step', step_id: `step_${randomUUID()}`, name, status: 'ok', value });
    return value;
  }

  /** What a message is called on record: the same whenever the run is resumed. */
  messageId(own: string): string {
    return this.resumed?.messageId(own) ?? own;
  }

  /** The value of the next step of that name, if it is on record. */
  recorded(name: string): JsonValue | undefined {
    return this.resumed?.step(name)?.value;
  }
}

/** Messages and lines that are on record are not written again; what changes of them is, under its id on record. */
function unrecorded(resumed: RecordedRun, logger: (event: LogEvent) => void): Logger {
  return (event) => {
    if (event.type !== 'message' && event.type !== 'log') return logger(event);
    const news = resumed.unrecorded(event);
    if (news !== undefined) logger(news);
  };
}
