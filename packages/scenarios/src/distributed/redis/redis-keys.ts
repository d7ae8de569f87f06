/** What the keys of a project begin with when nothing else is said. */
export const DEFAULT_PREFIX = 'pd';

/** The names under which everything is kept in Redis. */
export interface RedisKeys {
  /** BullMQ's own prefix; its keys are `<prefix>:<queue>:…`. */
  readonly bull: string;
  /** The stream of a queue's events, as BullMQ writes it. */
  events(queue: string): string;
  /** Ids of the runs whose records somebody collects. */
  readonly runs: string;
  /** The stream of a run's records on their way to the coordinator. */
  records(runId: string): string;
  /** Hash: how many bytes of each segment the coordinator has, and which blobs. There as long as somebody collects. */
  have(runId: string): string;
  /** Hash: who writes which segment, and how long it is in the end. */
  segments(runId: string): string;
  /** Sorted set of the ids of workers, by when they were last seen. */
  readonly workers: string;
  /** What a worker can do; gone when it is. */
  worker(id: string): string;
  /** There when a job is no longer wanted. */
  cancelled(jobId: string): string;
  /** The channel on which workers are told things. */
  readonly control: string;
  /** The channel of a runner for texts as they come. */
  texts(runnerId: string): string;
  /** A stream that exists to wake a runner's reader. */
  wake(runnerId: string): string;
}

/** @param prefix what all of them begin with */
export function createRedisKeys(prefix: string): RedisKeys {
  return {
    bull: `${prefix}:queue`,
    events: (queue) => `${prefix}:queue:${queue}:events`,
    runs: `${prefix}:runs`,
    records: (runId) => `${prefix}:run:${runId}:records`,
    have: (runId) => `${prefix}:run:${runId}:have`,
    segments: (runId) => `${prefix}:run:${runId}:segments`,
    workers: `${prefix}:workers`,
    worker: (id) => `${prefix}:worker:${id}`,
    cancelled: (jobId) => `${prefix}:cancelled:${jobId}`,
    control: `${prefix}:control`,
    texts: (runnerId) => `${prefix}:runner:${runnerId}:texts`,
    wake: (runnerId) => `${prefix}:runner:${runnerId}:wake`,
  };
}
