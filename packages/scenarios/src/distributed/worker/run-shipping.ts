import { hostname } from 'node:os';
import type { RecordsUpTo } from '../job.ts';
import { announceSegment } from '../records/announce-segment.ts';
import { SegmentShipper } from '../records/segment-shipper.ts';
import type { RedisKeys } from '../redis/redis-keys.ts';
import type { RedisLink } from '../redis/redis-link.ts';
import { bytesOf, type RunLog, type RunLogs } from './run-logs.ts';

/** Runs of which nothing was answered for so long get their segment closed, in milliseconds. */
const IDLE_MS = 60_000;

export interface RunShippingOptions {
  link: RedisLink;
  keys: RedisKeys;
  workerId: string;
  report: (line: string) => void;
}

/** Sees to it that what this worker records gets to the coordinators of its runs. */
export class RunShipping {
  readonly #options: RunShippingOptions;
  readonly #shippers = new Map<RunLog, { shipper: SegmentShipper; announced: Promise<void> }>();

  constructor(options: RunShippingOptions) {
    this.#options = options;
    options.link.onBack(() => {
      for (const { shipper } of this.#shippers.values()) shipper.doubt();
    });
  }

  /** A segment has begun. */
  begin(runLog: RunLog): void {
    const { segment, runId, isShared } = runLog;
    if (segment === undefined || isShared) return;
    const { link, keys, workerId, report } = this.#options;
    const announced = announceSegment(link, keys, runId, {
      segment: segment.id,
      worker: workerId,
      host: hostname(),
    });
    announced.catch((error: unknown) =>
      report(`segment ${segment.id} could not be announced: ${String(error)}`),
    );
    this.#shippers.set(runLog, { shipper: new SegmentShipper({ link, keys, runId, segment }), announced });
  }

  /**
   * Sends all that a run's segment has now.
   *
   * @returns how far that is; nothing when there is nothing to send
   * @throws RedisUnavailableError when Redis does not answer in time
   */
  async ship(runLog: RunLog): Promise<RecordsUpTo | undefined> {
    const { segment } = runLog;
    if (segment === undefined) return undefined;
    const bytes = bytesOf(runLog);
    const shipping = this.#shippers.get(runLog);
    if (shipping !== undefined) {
      await shipping.announced.catch(() => {});
      await shipping.shipper.shipTo(bytes);
    }
    return shipping === undefined ? undefined : { segment: segment.id, bytes };
  }

  /** Sends what has come of runs that go on, and ends those that do not. */
  async tick(logs: RunLogs): Promise<void> {
    for (const runLog of logs.all()) {
      if (runLog.active > 0) await this.ship(runLog);
      else if (performance.now() - runLog.usedMs > IDLE_MS) await this.close(logs, runLog.runId);
    }
  }

  /** Ends the segment of a run, sends the rest of it, and says how long it is. */
  async close(logs: RunLogs, runId: string): Promise<void> {
    const open = logs.get(runId);
    if (open !== undefined && open.active > 0) {
      // What is being answered is still recorded; whoever collects asks again.
      await this.ship(open);
      return;
    }
    const closed = await logs.close(runId);
    if (closed === undefined) return;
    const { runLog, bytes } = closed;
    const { segment } = runLog;
    const shipping = this.#shippers.get(runLog);
    if (shipping === undefined || segment === undefined) return;
    this.#shippers.delete(runLog);
    const { link, keys, workerId } = this.#options;
    // What the coordinator could not write is sent once more.
    shipping.shipper.doubt();
    await shipping.shipper.shipTo(bytes);
    await announceSegment(link, keys, runId, {
      segment: segment.id,
      worker: workerId,
      host: hostname(),
      closed_at_bytes: bytes,
    });
    await shipping.shipper.close();
  }
}
