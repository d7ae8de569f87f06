import { ScenarioError } from '../../errors/scenario-error.ts';

/** Redis did not answer in time: it is not there, it refuses, or the connection broke and did not come back. */
export class RedisUnavailableError extends ScenarioError {
  override readonly name = 'RedisUnavailableError';
  readonly code = 'redis_unavailable';
  /** Where it was looked for: host and port, without user and password. */
  readonly place: string;

  constructor(place: string, what: string, cause?: unknown) {
    const why = cause instanceof Error ? ` (${cause.message || cause.name})` : '';
    super(`Redis ${place}: ${what}${why}; look whether it runs and can be reached from here`, { cause });
    this.place = place;
  }
}
