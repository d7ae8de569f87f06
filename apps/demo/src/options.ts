import { parseArgs } from 'node:util';
import type { Decision } from '@pd/agents';

/** A run that is to go on. */
export interface GoOn {
  runId: string;
  /** What a person has decided about tool calls, by their ids. */
  decisions: Readonly<{ [toolCallId: string]: Decision }>;
  /** A new run is to begin at this message, which says something else: by its place in the run, from 1, or its id. */
  edit?: { message: number | string; content: string };
}

/** What the user asked for. */
export interface DemoOptions {
  /** A name that may be unknown. Default: the exchange. */
  scenario: string | undefined;
  goOn: GoOn | undefined;
  /** In how many processes the agents answer; absent: in this one. */
  workers: number | undefined;
  turns: number | undefined;
  /** Default: that of the scenario; in a session that goes on, to go on. */
  topic: string | undefined;
  session: string | undefined;
  model: string | undefined;
  baseURL: string | undefined;
  seed: string;
  script: string | undefined;
  logDir: string | undefined;
  open: boolean;
  json: boolean;
}

/** A command line that cannot be carried out. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const help = `Agents talk or work together, and every model call is on the record.

Usage: pnpm demo [options]

  --scenario <name>        what they do (default: exchange); --scenario list names all
  --turns <n>              answers in all (default: each scenario's own; with --script: all of them)
  --topic <text>           what they talk about
  --model <provider/model> ask this model, e.g. openai/gpt-5.4-mini or ollama/llama3.2
  --base-url <url>         ask this OpenAI-compatible server (needs --model)
  --session <name>         the exchange goes on with the conversation of that name, or begins it; kept in
                           sessions.sqlite beside the record, or in the Redis of REDIS_URL
  --seed <text>            other replies from the offline server, and other chances (default: 1)
  --script <file>          play a recorded conversation: JSON, an array of { role?, name?, content }
                           or an object with such an array as "history"
  --distributed            the agents answer in processes of their own, by way of Redis (REDIS_URL, or
                           127.0.0.1:6379)
  --workers <n>            how many of them (default: 2)
  --log-dir <folder>       where the record goes (default: logs/ of this repository)
  --open                   show the page in a browser when the run is over
  --json                   print events as JSON lines and a summary as the last one
  --help                   print this

A run that was stopped, killed, has failed, or waits for a decision can go on; what is on record costs nothing:

  --resume <run>           go on with it
  --allow <id>             a tool call may be run that the run waits for (more than once for several)
  --deny <id>              it may not
  --fork <run>             begin a new run in the middle of that one:
  --message <n>            at its n-th message (or that of an id),
  --say <text>             which says this instead

Without a key (OPENAI_API_KEY in .env or the environment), --model or --base-url, replies come from an
offline server on this machine that stands in for a language model.

Exit codes: 0 done, 1 the run failed, 2 wrong usage, 130 stopped with Ctrl-C, 143 by SIGTERM,
141 nobody reads the output.
`;

/**
 * Reads the command line; `undefined` when help was asked for.
 *
 * @throws {UsageError} with one line that says what to change
 */
export function readOptions(argv: readonly string[]): DemoOptions | undefined {
  const { values } = parse(argv);
  if (values.help) return undefined;
  for (const [flag, value] of Object.entries(values)) {
    if (typeof value === 'string' && value.trim() === '')
      throw new UsageError(`--${flag} is empty: give it a value`);
  }
  const { model, script, topic, session, scenario, seed = '1' } = values;
  const baseURL = values['base-url'];
  if (baseURL !== undefined && !isServerUrl(baseURL)) {
    throw new UsageError(`--base-url: ${NO_SERVER_URL}`);
  }
  if (script !== undefined && (model ?? baseURL) !== undefined) {
    throw new UsageError('--script is answered by the offline server: leave out --model and --base-url');
  }
  if (script !== undefined && session !== undefined) {
    throw new UsageError('--script is a conversation of its own: leave out --session');
  }
  if (scenario !== undefined && (script ?? session) !== undefined) {
    throw new UsageError('--session and --script are for the exchange: leave out --scenario');
  }
  const goOn = readGoOn(values);
  return {
    scenario,
    goOn,
    workers: readWorkers(values),
    turns: values.turns === undefined ? undefined : wholeNumber('--turns', values.turns),
    topic,
    session,
    model,
    baseURL,
    seed,
    script,
    logDir: values['log-dir'],
    open: values.open ?? false,
    json: values.json ?? false,
  };
}

/** What a run on record says itself, and what is not to be changed of it. */
const ON_RECORD = ['scenario', 'topic', 'turns', 'seed', 'session', 'script', 'model', 'base-url'] as const;

function readGoOn(values: ReturnType<typeof parse>['values']): GoOn | undefined {
  const { resume, fork, message, say, allow = [], deny = [] } = values;
  const runId = resume ?? fork;
  if (resume !== undefined && fork !== undefined)
    throw new UsageError('--resume goes on with a run, --fork begins a new one: leave out one of them');
  if (runId === undefined && allow.length + deny.length > 0)
    throw new UsageError('--allow and --deny are for a run that waits: name it with --resume');
  if (fork === undefined && (message ?? say) !== undefined)
    throw new UsageError('--message and --say are for a run to be forked: name it with --fork');
  if (runId === undefined) return undefined;
  const known = ON_RECORD.find((flag) => values[flag] !== undefined);
  if (known !== undefined) throw new UsageError(`the run ${runId} has that on record: leave out --${known}`);
  const both = allow.find((id) => deny.includes(id));
  if (both !== undefined) throw new UsageError(`${both} is both allowed and denied`);
  const decisions: { [id: string]: Decision } = Object.fromEntries([
    ...allow.map((id) => [id, 'allow']),
    ...deny.map((id) => [id, 'deny']),
  ]);
  if (fork === undefined) return { runId, decisions };
  if (message === undefined || say === undefined)
    throw new UsageError('--fork needs --message and --say: which message is to say what?');
  return { runId, decisions, edit: { message: placeOrId(message), content: say } };
}

/** What `--distributed` means when nobody says how many. */
const DEFAULT_WORKERS = 2;
const MOST_WORKERS = 64;

function readWorkers({
  distributed = false,
  workers,
  script,
  session,
}: ReturnType<typeof parse>['values']): number | undefined {
  if (!distributed && workers !== undefined)
    throw new UsageError('--workers is for agents in processes of their own: add --distributed');
  if (!distributed) return undefined;
  if ((script ?? session) !== undefined)
    throw new UsageError('--session and --script are played in one process: leave out --distributed');
  return workers === undefined ? DEFAULT_WORKERS : wholeNumber('--workers', workers, MOST_WORKERS);
}

/** A small whole number is a place; anything else names a message. */
function placeOrId(text: string): number | string {
  return /^\d{1,6}$/.test(text) ? Number(text) : text;
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      // `pnpm demo -- --turns 3` passes the two dashes on.
      args: argv.filter((argument, i) => !(i === 0 && argument === '--')),
      options: {
        scenario: { type: 'string' },
        resume: { type: 'string' },
        distributed: { type: 'boolean' },
        workers: { type: 'string' },
        allow: { type: 'string', multiple: true },
        deny: { type: 'string', multiple: true },
        fork: { type: 'string' },
        message: { type: 'string' },
        say: { type: 'string' },
        turns: { type: 'string' },
        topic: { type: 'string' },
        session: { type: 'string' },
        model: { type: 'string' },
        'base-url': { type: 'string' },
        seed: { type: 'string' },
        script: { type: 'string' },
        'log-dir': { type: 'string' },
        open: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const message = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new UsageError(`${message} (see --help)`);
  }
}

function wholeNumber(flag: string, text: string, most = 1000): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1 || number > most) {
    throw new UsageError(`${flag} ${text}: give a whole number from 1 to ${most}`);
  }
  return number;
}

/** What is wrong with a URL that {@link isServerUrl} refuses. */
export const NO_SERVER_URL = 'give a full URL without a password, such as http://127.0.0.1:11434/v1';

/** A URL is printed and recorded, so it must not hold a password. */
export function isServerUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}
