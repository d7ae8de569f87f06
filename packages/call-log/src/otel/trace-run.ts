import type { LogEvent } from '../schema/logger-events.ts';
import type { Nanoseconds, TraceNode } from './reading.ts';
import { located } from './span-events.ts';

/** The run that a trace is: begun with the first thing to tell, ended with the first span, each once. */
export class TraceRun {
  readonly #id: string;
  #state: 'none' | 'begun' | 'over' = 'none';
  #last: Nanoseconds | undefined;

  constructor(id: string) {
    this.#id = id;
  }

  /** Something has ended then. */
  note(time: Nanoseconds | undefined): void {
    if (time !== undefined && time > (this.#last ?? 0n)) this.#last = time;
  }

  /**
   * @param root the first span, where it is known
   * @param earliest what else is known of the beginning
   */
  begin(root: TraceNode | undefined, earliest: Nanoseconds | undefined): LogEvent[] {
    if (this.#state !== 'none') return [];
    this.#state = 'begun';
    const name = root !== undefined && { name: root.name };
    return [{ type: 'run.start', ...located(root?.start ?? earliest, undefined), run_id: this.#id, ...name }];
  }

  /** @param root the first span, ended; without it the run was interrupted */
  end(root: TraceNode | undefined): LogEvent[] {
    if (this.#state !== 'begun') return [];
    this.#state = 'over';
    const failure = root?.failure;
    const cancelled = root === undefined || failure?.status === 'aborted';
    const status = cancelled ? 'interrupted' : failure === undefined ? 'completed' : 'failed';
    const error = failure !== undefined && { error: failure.error };
    return [{ type: 'run.end', ...located(this.#last, undefined), run_id: this.#id, status, ...error }];
  }
}
