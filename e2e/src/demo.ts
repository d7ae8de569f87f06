import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The parts of a run's tree that its page is held against. */
interface RecordedAgent {
  id: string;
  name?: string;
  calls: RecordedCall[];
}

export interface RecordedCall {
  id: string;
  started_at: string;
  pre: { messages: { content: string }[] };
  post: { message: { content: string } };
}

/** A run of the built demo, from its tree, and the page drawn of it. */
export interface DemoRun {
  page: string;
  agents: RecordedAgent[];
  messages: { from?: string; to?: string; content: string }[];
  /** All agents' calls in the order they were made. */
  calls: RecordedCall[];
}

const MAIN = fileURLToPath(new URL('../../apps/demo/dist/main.js', import.meta.url));

/** Empty counts as not set and keeps what a developer's own `.env` says out: the offline server answers. */
const NO_KEYS = { OPENAI_API_KEY: '', OPENAI_APY_KEY: '', OPENAI_BASE_URL: '', PD_MODEL: '' };

/** Runs the built demo with `--json` and these arguments, its files in `logDir`. */
export async function runDemo(logDir: string, ...args: string[]): Promise<DemoRun> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [MAIN, '--json', '--log-dir', logDir, ...args],
    { env: { ...process.env, ...NO_KEYS } },
  );
  const { paths } = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
  const { agents, messages }: Pick<DemoRun, 'agents' | 'messages'> = JSON.parse(
    await readFile(paths.tree, 'utf8'),
  );
  const calls = agents.flatMap((agent) => agent.calls);
  calls.sort((a, b) => a.started_at.localeCompare(b.started_at));
  return { page: paths.page, agents, messages, calls };
}
