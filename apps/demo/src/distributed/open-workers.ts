import type { CallLog } from '@pd/call-log';
import type { Environment } from '../environment.ts';
import type { Asked, ModelSource } from '../model-source.ts';
import type { Program } from '../programs/program.ts';
import { startWorkers, type Workers } from './start-workers.ts';

/** Where Redis is when `REDIS_URL` does not say. */
const DEFAULT_REDIS = 'redis://127.0.0.1:6379';

/**
 * Starts the workers that a program asks for.
 *
 * @param count how many; absent: none
 * @throws {UsageError} when there is no Redis
 */
export async function openWorkers(
  count: number | undefined,
  { runId, plays }: Program,
  {
    log,
    environment,
    asked,
    source,
  }: { log: CallLog; environment: Environment; asked: Asked; source: ModelSource },
): Promise<Workers | undefined> {
  if (count === undefined || plays === undefined) return undefined;
  const task = {
    redis: environment.get('REDIS_URL') ?? DEFAULT_REDIS,
    prefix: `pd-demo-${runId}`,
    logDir: log.dir,
    asked,
    ...(source.offline && { offlineURL: source.client.baseURL }),
    ...plays,
  };
  return startWorkers(count, task, log.logger);
}
