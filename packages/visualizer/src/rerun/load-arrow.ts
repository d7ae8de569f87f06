import { MissingPackageError } from '../errors/missing-package-error.ts';

/** Apache Arrow's library, handed to whatever builds columns, because it is loaded only when it is used. */
export type Arrow = typeof import('apache-arrow');

/** Apache Arrow. @throws {MissingPackageError} when it is not installed */
export async function loadArrow(): Promise<Arrow> {
  try {
    return await import('apache-arrow');
  } catch (cause) {
    throw new MissingPackageError('a Rerun recording', 'apache-arrow', cause);
  }
}
