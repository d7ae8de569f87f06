#!/usr/bin/env node
import { runWorkerCommand } from './distributed/cli/run-worker-command.ts';

// A reader such as `head` may have enough before everything is written.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

const code = await runWorkerCommand(process.argv.slice(2), {
  environment: process.env,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  onStop(stop) {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(signal));
  },
  exit: (code) => process.exit(code),
});
// Agents may hold connections of their own, and the worker is done.
process.exit(code);
