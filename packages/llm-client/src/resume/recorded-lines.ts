import { canonicalRequest, type RedactOptions } from '@pd/call-log/reader';
import type { LogLine, RunTree } from '@pd/call-log/schema';
import { Once } from './once.ts';

type Line = Pick<LogLine, 'level' | 'message' | 'fields' | 'agent_id' | 'call_id'>;

/** The lines of the program's own log in a recorded run. */
export class RecordedLines {
  readonly #redact: RedactOptions | false;
  readonly #lines = new Once<true>();

  constructor({ logs = [] }: RunTree, redact: RedactOptions | false) {
    this.#redact = redact;
    for (const line of logs) this.#lines.put(this.#keyOf(line), true);
  }

  /** Whether the next such line is on record. */
  take(line: Line): boolean {
    return this.#lines.take(this.#keyOf(line)) === true;
  }

  #keyOf({ level, message, fields, agent_id, call_id }: Line): string {
    const line = { level, message, fields, agent_id, call_id };
    return JSON.stringify(canonicalRequest({ model: '', messages: [line] }, this.#redact));
  }
}
