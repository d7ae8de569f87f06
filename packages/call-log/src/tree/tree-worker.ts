import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import pino from 'pino';
import type { RunFiles } from './tree-writer.ts';

/**
 * What it reads is garbage a moment later. A nursery that grows to V8's 3 × 32 MB would only keep it longer, and a heap that may
 * be as large as V8's default (2 GB and more) is collected when it has grown fourfold rather than by a third or so.
 *
 * @see https://github.com/v8/v8/blob/main/src/heap/heap-controller.cc (`MaxGrowingFactor`)
 */
const WORKER = { resourceLimits: { maxYoungGenerationSizeMb: 12, maxOldGenerationSizeMb: 1024 } };

/** What the log tells its worker: read on in that journal. */
export interface GrownLine {
  pd_grown: RunFiles & { ended: boolean };
}

/** Starts this package's pino transport as the worker that writes trees. It does not keep the process alive. */
export function startTreeWorker(onError: (error: unknown) => void) {
  // By the package's own name, so that it is found from the sources, the ESM and the CommonJS build alike.
  const target = createRequire(import.meta.url).resolve('@pd/call-log/transport');
  const worker = pino.transport({
    target: pathToFileURL(target).href,
    options: { follow: true },
    worker: WORKER,
  });
  let failed = false;
  worker.on('error', (error: unknown) => {
    failed = true;
    onError(error);
  });
  const closed = new Promise<void>((resolve) => worker.once('close', resolve));
  return {
    refresh({ journal, tree }: RunFiles, ended: boolean): void {
      if (failed) return;
      const line: GrownLine = { pd_grown: { journal, tree, ended } };
      worker.write(`${JSON.stringify(line)}\n`);
    },
    async close(): Promise<void> {
      if (failed) return;
      // The worker does not keep the process alive by itself, and whoever awaits this wants it finished.
      const keepAlive = setInterval(() => {}, 60_000);
      // `end()` alone would block this thread until the worker has written its last tree.
      await new Promise<void>((resolve) => worker.flush(() => resolve()));
      worker.end();
      await closed;
      clearInterval(keepAlive);
    },
  };
}
