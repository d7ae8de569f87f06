import { ScenarioError } from '../../errors/scenario-error.ts';
import { InvalidDistributedOptionError } from '../errors/invalid-distributed-option-error.ts';
import { type AgentWorker, startWorker } from '../worker/start-worker.ts';
import { loadDefinition } from './load-definition.ts';
import { parseWorkerArguments, WORKER_HELP } from './parse-worker-arguments.ts';

/** What surrounds the command. */
export interface WorkerTerminal {
  environment: Readonly<Record<string, string | undefined>>;
  out: (text: string) => void;
  err: (text: string) => void;
  /** Calls back when the process is asked to end. */
  onStop: (stop: (signal: 'SIGINT' | 'SIGTERM') => void) => void;
  /** Ends the process at once. */
  exit: (code: number) => void;
}

/** Exit codes of a process that a signal has ended, as shells count them. */
const SIGNAL_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** Runs `pd-worker` until it is asked to stop. @returns its exit code */
export async function runWorkerCommand(args: readonly string[], terminal: WorkerTerminal): Promise<number> {
  const { environment, out, err, onStop, exit } = terminal;
  const command = parseWorkerArguments(args, environment);
  if (command.type === 'help') {
    out(WORKER_HELP);
    return 0;
  }
  if (command.type === 'wrong') {
    err(`pd-worker: ${command.why}\nTry pd-worker --help.\n`);
    return 2;
  }
  const stopping = Promise.withResolvers<void>();
  let signals = 0;
  onStop((signal) => {
    if (++signals > 1) return exit(SIGNAL_CODES[signal]);
    err(`pd-worker: ${signal}, finishing what is being done; once more to leave at once\n`);
    return stopping.resolve();
  });
  try {
    const { module, redis, logs, ...rest } = command;
    const worker = await startWorker({
      redis,
      logDir: logs,
      agents: await loadDefinition(module),
      report: (line) => err(`pd-worker: ${line}\n`),
      ...rest,
    });
    out(`pd-worker ready: ${describe(worker, redis, logs)}\n`);
    await stopping.promise;
    await worker.close();
    return 0;
  } catch (error) {
    err(`pd-worker: ${ScenarioError.isInstance(error) ? error.message : inFull(error)}\n`);
    return error instanceof InvalidDistributedOptionError ? 2 : 1;
  }
}

function describe({ id, roles }: AgentWorker, redis: string, logs: string): string {
  return `${id}, roles ${roles.join(', ')}, redis ${new URL(redis).host}, logs ${logs}`;
}

function inFull(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
