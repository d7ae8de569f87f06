import { MissingPackageError } from '../errors/missing-package-error.ts';

export type Redis = typeof import('redis');
export type BullMQ = typeof import('bullmq');

/** The client of Redis. @throws {MissingPackageError} when it is not installed */
export async function loadRedis(): Promise<Redis> {
  try {
    return await import('redis');
  } catch (cause) {
    throw new MissingPackageError(cause);
  }
}

/** BullMQ. @throws {MissingPackageError} when it is not installed */
export async function loadBullMQ(): Promise<BullMQ> {
  try {
    return await import('bullmq');
  } catch (cause) {
    throw new MissingPackageError(cause);
  }
}
