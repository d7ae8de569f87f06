import { RunExistsError } from '../errors/run-exists-error.ts';
import type { CallContext } from '../identity/context.ts';
import { resolveRunId } from '../identity/resolve.ts';
import type { LogEvent, RunStart } from '../schema/logger-events.ts';
import { RecentMap } from './recent-map.ts';
import type { RunJournal } from './run-journal.ts';

/** Calls whose run is known without asking the context. */
const REMEMBERED_CALLS = 20_000;
/** Runs that are over and still known, so that what comes late goes where it belongs. */
const REMEMBERED_RUNS = 1_000;

/** What the runs of a log need. */
export interface RunsOptions {
  defaultId: string;
  /** Begins a run, as its own event says if there is one. @throws when the id cannot be used */
  open(runId: string, isDefault: boolean, start?: RunStart): RunJournal;
  /** Told when an event names a run that cannot be used; it goes to the default run. */
  onMisplaced(cause: unknown): void;
  /** Told when the default run is on record already. Returns the id of the run that takes its place: events must go somewhere. */
  onTaken(cause: RunExistsError): string;
}

/** The runs of one log: which journal an event belongs to. */
export class Runs {
  readonly #runs = new Map<string, RunJournal>();
  readonly #ofCall = new RecentMap<string, RunJournal>(REMEMBERED_CALLS);
  #defaultId: string;
  readonly #options: RunsOptions;

  constructor(options: RunsOptions) {
    this.#options = options;
    this.#defaultId = options.defaultId;
  }

  /** Where an event is written: with its call, else in the run it names, else in the one around it, else in the default run. */
  of(event: LogEvent, context: CallContext): RunJournal {
    const callId = 'call_id' in event ? event.call_id : undefined;
    const start = event.type === 'run.start' ? event : undefined;
    const named = resolveRunId(event, context);
    const withCall =
      event.type === 'call.start' || callId === undefined ? undefined : this.#ofOpenRun(callId, event, named);
    const journal = withCall ?? this.#named(named ?? this.#defaultId, start);
    if (event.type === 'call.start') this.#ofCall.set(event.call_id, journal);
    return journal;
  }

  /**
   * The run of a call. A fork has calls of another run, which may be over or still go on: what is about them, and no part of them,
   * belongs to the run that is done again.
   */
  #ofOpenRun(callId: string, { type }: LogEvent, named: string | undefined): RunJournal | undefined {
    const known = this.#ofCall.get(callId);
    if (known === undefined) return undefined;
    const isAbout = !type.startsWith('call.') && !type.startsWith('attempt.');
    const isElsewhere = named !== undefined && named !== known.id;
    if (isAbout && isElsewhere && (known.ended || this.#runs.get(named)?.isResumed === true))
      return undefined;
    // A run that is continued by the same process has another segment now.
    return this.#runs.get(known.id) ?? known;
  }

  /** Begins the default run if nothing has been recorded in it yet. @throws when its id is taken */
  default(start?: RunStart): RunJournal {
    return this.#runs.get(this.#defaultId) ?? this.add(this.#options.open(this.#defaultId, true, start));
  }

  add(journal: RunJournal): RunJournal {
    this.#runs.set(journal.id, journal);
    for (const [id, { ended }] of this.#runs) {
      if (this.#runs.size <= REMEMBERED_RUNS) break;
      if (ended) this.#runs.delete(id);
    }
    return journal;
  }

  /** The runs that have not ended. */
  unfinished(): RunJournal[] {
    return [...this.#runs.values()].filter(({ ended }) => !ended);
  }

  #named(runId: string, start?: RunStart): RunJournal {
    const known = this.#runs.get(runId);
    if (known !== undefined) return known;
    if (runId === this.#defaultId) return this.#defaultOrAnother(start);
    try {
      return this.add(this.#options.open(runId, false, start));
    } catch (cause) {
      this.#options.onMisplaced(cause);
      return this.#defaultOrAnother();
    }
  }

  #defaultOrAnother(start?: RunStart): RunJournal {
    try {
      return this.default(start);
    } catch (cause) {
      if (!(cause instanceof RunExistsError)) throw cause;
      const taken = this.#defaultId;
      this.#defaultId = this.#options.onTaken(cause);
      const journal = this.default();
      // For events that name it.
      this.#runs.set(taken, journal);
      return journal;
    }
  }
}
