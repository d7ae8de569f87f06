import { parseArgs } from 'node:util';

/** What `pd-worker` is asked to do. */
export type WorkerCommand =
  | { type: 'help' }
  | { type: 'wrong'; why: string }
  | {
      type: 'start';
      module: string;
      redis: string;
      logs: string;
      prefix: string | undefined;
      roles: string[] | undefined;
      concurrency: number | undefined;
      lockMs: number | undefined;
    };

/** What `pd-worker --help` says. */
export const WORKER_HELP = `Usage: pd-worker [options] <module>

Answers the messages of a scenario for the agents of a module whose default export is made by defineWorker():

  import { defineWorker } from '@pd/scenarios/distributed';
  export default defineWorker(({ logger }) => [new SimpleAgent({ id: 'anna', client: createLLMClient({ logger }) })]);

Options:
  --redis URL        where the queues are (default: REDIS_URL, else redis://127.0.0.1:6379)
  --roles A,B        answer for these roles only (default: those of the module's agents)
  --concurrency N    messages at the same time, for each role (default: 10)
  --logs FOLDER      where calls are recorded before they are sent (default: worker-logs); one for all workers of a machine
  --prefix NAME      what all keys begin with, the same as the coordinator's (default: pd)
  --lock-ms N        the message of a worker that died is with another one after so long (default: 30000)
  --help             this text

SIGTERM and SIGINT let it finish what it is doing; a second one ends it at once.
Exit codes: 0 done, 1 it failed, 2 wrong arguments, 130 or 143 ended at once.
`;

/** Reads the arguments of `pd-worker`. @param environment where REDIS_URL is looked for */
export function parseWorkerArguments(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): WorkerCommand {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        redis: { type: 'string' },
        roles: { type: 'string' },
        concurrency: { type: 'string' },
        logs: { type: 'string' },
        prefix: { type: 'string' },
        'lock-ms': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help === true) return { type: 'help' };
    const [module, ...more] = positionals;
    if (module === undefined) return { type: 'wrong', why: 'say which module has the agents' };
    if (more.length > 0) return { type: 'wrong', why: `one module is enough: ${more.join(' ')} is too much` };
    return {
      type: 'start',
      module,
      redis: values.redis ?? environment.REDIS_URL ?? 'redis://127.0.0.1:6379',
      logs: values.logs ?? 'worker-logs',
      prefix: values.prefix,
      roles: values.roles?.split(',').map((role) => role.trim()),
      concurrency: toNumber('--concurrency', values.concurrency),
      lockMs: toNumber('--lock-ms', values['lock-ms']),
    };
  } catch (error) {
    return { type: 'wrong', why: error instanceof Error ? error.message : String(error) };
  }
}

function toNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${option} needs a whole number, not ${JSON.stringify(text)}`);
  return Number(text);
}
