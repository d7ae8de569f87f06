import type { LogEvent } from '../schema/logger-events.ts';
import type { TraceNode } from './reading.ts';
import { TraceFold, type TraceFoldOptions } from './trace-fold.ts';

/** Spans that wait for those around them, each with its messages; the oldest trace is written when there are more. */
const MAX_WAITING = 10_000;
/** Spans that are remembered for what may still end within them, a few hundred bytes each. Some never end. */
const MAX_REMEMBERED = 50_000;
/** How full it is after room has been made, so that it need not be made for every span. */
const ROOM = 0.9;

/**
 * Turns the spans of any number of traces into events, in the order in which they end. A span is given as soon as all
 * spans around it are known, because they tell whose it is: at once when it is told which spans begin, else when the
 * first span of the trace has ended.
 */
export class TraceFolds {
  readonly #options: TraceFoldOptions;
  /** The one that has waited longest first. */
  readonly #folds = new Map<string, TraceFold>();
  #waiting = 0;
  #remembered = 0;

  constructor(options: TraceFoldOptions = {}) {
    this.#options = options;
  }

  /** A span has begun. Gives the events of traces for which there is no room any more. */
  open(node: TraceNode): LogEvent[] {
    this.#change(node.traceId, (fold) => fold.open(node));
    return this.#makeRoom();
  }

  /** Spans have ended. Gives the events that can be told by now. */
  end(nodes: readonly TraceNode[]): LogEvent[] {
    const byTrace = Map.groupBy(nodes, ({ traceId }) => traceId);
    const events = [...byTrace].flatMap(([traceId, ended]) =>
      this.#change(traceId, (fold) => fold.end(ended)),
    );
    return [...events, ...this.#makeRoom()];
  }

  /** Gives the events of all that has ended, whether those around it are known or not. */
  flush(): LogEvent[] {
    return [...this.#folds.keys()].flatMap((traceId) => this.#change(traceId, (fold) => fold.flush()));
  }

  /** Gives the events of all that has ended, ends the runs, and forgets everything. */
  close(): LogEvent[] {
    const events = [...this.#folds.values()].flatMap((fold) => fold.close());
    this.#folds.clear();
    this.#waiting = 0;
    this.#remembered = 0;
    return events;
  }

  #change<T>(traceId: string, change: (fold: TraceFold) => T): T {
    const fold = this.#folds.get(traceId) ?? new TraceFold(traceId, this.#options);
    this.#folds.set(traceId, fold);
    const { waiting, size } = fold;
    const result = change(fold);
    this.#waiting += fold.waiting - waiting;
    this.#remembered += fold.size - size;
    return result;
  }

  /** The oldest traces first: what waits is written, what is on record forgotten, and at last the trace itself. */
  #makeRoom(): LogEvent[] {
    if (this.#waiting <= MAX_WAITING && this.#remembered <= MAX_REMEMBERED) return [];
    const events: LogEvent[] = [];
    const crowded = () => this.#remembered > MAX_REMEMBERED * ROOM;
    for (const [traceId, fold] of this.#folds) {
      if (this.#waiting <= MAX_WAITING && !crowded()) return events;
      if (fold.waiting > 0) for (const event of this.#change(traceId, () => fold.flush())) events.push(event);
      if (crowded()) this.#change(traceId, () => fold.forget());
      if (fold.size === 0) for (const event of this.#drop(traceId, fold)) events.push(event);
    }
    for (const [traceId, fold] of this.#folds) {
      if (!crowded()) break;
      for (const event of this.#drop(traceId, fold)) events.push(event);
    }
    return events;
  }

  #drop(traceId: string, fold: TraceFold): LogEvent[] {
    this.#waiting -= fold.waiting;
    this.#remembered -= fold.size;
    this.#folds.delete(traceId);
    return fold.close();
  }
}
