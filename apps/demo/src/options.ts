import { parseArgs } from 'node:util';

/** What the user asked for. */
export interface DemoOptions {
  turns: number | undefined;
  /** Default: {@link DEFAULT_TOPIC}; in a session that goes on, to go on. */
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

export const help = `Two agents talk, and every model call is on the record.

Usage: pnpm demo [options]

  --turns <n>              answers in all (default: 6; with --script: all of them)
  --topic <text>           what they talk about
  --model <provider/model> ask this model, e.g. openai/gpt-5.4-mini or ollama/llama3.2
  --base-url <url>         ask this OpenAI-compatible server (needs --model)
  --session <name>         go on with the conversation of that name, or begin it; kept in sessions.sqlite
                           beside the record, or in the Redis of REDIS_URL
  --seed <text>            other replies from the offline server (default: 1)
  --script <file>          play a recorded conversation: JSON, an array of { role?, name?, content }
                           or an object with such an array as "history"
  --log-dir <folder>       where the record goes (default: logs/ of this repository)
  --open                   show the page in a browser when the run is over
  --json                   print events as JSON lines and a summary as the last one
  --help                   print this

Without a key (OPENAI_API_KEY in .env or the environment), --model or --base-url, replies come from an
offline server on this machine that stands in for a language model.

Exit codes: 0 done, 1 the run failed, 2 wrong usage, 130 stopped with Ctrl-C, 143 by SIGTERM,
141 nobody reads the output.
`;

/** What they talk about when nobody says. */
export const DEFAULT_TOPIC = 'How could a city become quieter without becoming boring?';

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
  const { model, script, topic, session, seed = '1' } = values;
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
  return {
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

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      // `pnpm demo -- --turns 3` passes the two dashes on.
      args: argv.filter((argument, i) => !(i === 0 && argument === '--')),
      options: {
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

function wholeNumber(flag: string, text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1 || number > 1000) {
    throw new UsageError(`${flag} ${text}: give a whole number from 1 to 1000`);
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
