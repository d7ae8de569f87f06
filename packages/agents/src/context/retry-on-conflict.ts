import { VersionConflictError } from '../errors/version-conflict-error.ts';

/** Others have to be this quick this often before one gives up; each conflict means that somebody else got on. */
const MOST_TRIES = 20;

/**
 * Does a change that depends on what it has read, again from the reading while others come in between.
 *
 * @throws {VersionConflictError} after 20 conflicts; whatever else `change` throws
 */
export async function retryOnConflict<T>(change: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await change();
    } catch (error) {
      if (!(error instanceof VersionConflictError) || tries === MOST_TRIES) throw error;
    }
  }
}
