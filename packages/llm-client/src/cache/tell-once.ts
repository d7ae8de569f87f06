import type { LLMClientOptions } from '../client.ts';

/** Tells of the first failure of a cache, and of no other: a disk that is full stays full. */
export function tellOnce(hook: LLMClientOptions['onCacheError']): (error: unknown) => void {
  let isTold = false;
  return (error) => {
    if (isTold) return;
    isTold = true;
    try {
      if (hook !== undefined) hook(error);
      else process.emitWarning(`the response cache failed, calls go on without it: ${String(error)}`);
    } catch {
      // A hook that throws is no reason for a call to fail.
    }
  };
}
