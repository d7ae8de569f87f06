import { type MissingRecords, RunCollector } from '../records/run-collector.ts';
import type { RedisKeys } from '../redis/redis-keys.ts';
import type { RedisLink } from '../redis/redis-link.ts';
import type { StreamReader } from '../redis/stream-reader.ts';

export interface CollectorsOptions {
  link: RedisLink;
  reader: StreamReader;
  keys: RedisKeys;
  warn: (message: string, cause?: unknown, runId?: string) => void;
  /** How long collecting may take, in milliseconds. */
  timeoutMs: number;
}

/** The collectors of all runs that a runner works for. */
export class Collectors {
  readonly #options: CollectorsOptions;
  readonly #runs = new Map<string, Promise<RunCollector>>();

  constructor(options: CollectorsOptions) {
    this.#options = options;
  }

  /** Begins to collect a run's records, once. @throws RedisUnavailableError when Redis does not answer in time */
  open(run: { id: string; dir: string }): Promise<RunCollector> {
    const there = this.#runs.get(run.id);
    if (there !== undefined) return there;
    const { link, reader, keys, warn } = this.#options;
    const onTrouble = (what: string, cause?: unknown) => warn(what, cause, run.id);
    const opened = RunCollector.open({ run, link, reader, keys, onTrouble });
    this.#runs.set(run.id, opened);
    opened.catch(() => this.#runs.delete(run.id));
    return opened;
  }

  get(runId: string): Promise<RunCollector> | undefined {
    return this.#runs.get(runId);
  }

  /** Everything there is of a run; tells what did not come in time. */
  async collect(runId: string): Promise<MissingRecords[]> {
    const collector = await this.#runs.get(runId);
    if (collector === undefined) return [];
    this.#runs.delete(runId);
    const { timeoutMs, warn } = this.#options;
    const missing = await collector.collect(timeoutMs);
    for (const { segment, worker, host, bytes } of missing)
      warn(
        `records are missing: worker ${worker} on ${host} has not sent all of segment ${segment} within ${timeoutMs} ms ` +
          `(${bytes} bytes are here); they come when a worker is started in its folder and the run is opened again`,
        undefined,
        runId,
      );
    await collector.close({ keep: missing.length > 0 });
    return missing;
  }

  /** As {@link collect}; what goes wrong is told in the run's log. */
  async finish(runId: string): Promise<void> {
    try {
      await this.collect(runId);
    } catch (cause) {
      this.#options.warn('the records of workers are not all here', cause, runId);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#runs.keys()].map((runId) => this.finish(runId)));
  }
}
