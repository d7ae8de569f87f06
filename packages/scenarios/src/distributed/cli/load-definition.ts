import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InvalidDistributedOptionError } from '../errors/invalid-distributed-option-error.ts';
import { isWorkerDefinition, type WorkerDefinition } from '../worker/define-worker.ts';

/**
 * The definition that a module exports. TypeScript is read as it is by Node 22.18 and later.
 *
 * @throws {InvalidDistributedOptionError} when it cannot be loaded, or exports something else
 */
export async function loadDefinition(path: string): Promise<WorkerDefinition> {
  let module: Record<string, unknown>;
  try {
    module = (await import(pathToFileURL(resolve(path)).href)) as Record<string, unknown>;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidDistributedOptionError(`${path} cannot be loaded: ${why}`, { cause });
  }
  // A CommonJS module that was compiled from ESM has its default export in one more layer.
  const { default: exported } = module;
  const inner =
    typeof exported === 'object' && exported !== null && 'default' in exported && exported.default;
  const found = [exported, inner, module.worker].find(isWorkerDefinition);
  if (found !== undefined) return found;
  throw new InvalidDistributedOptionError(
    `${path} has no worker: its default export must be made by defineWorker() of @pd/scenarios/distributed`,
  );
}
