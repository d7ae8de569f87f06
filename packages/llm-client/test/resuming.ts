import { createCallLog, type RunTree, readTree, shareRun } from '@pd/call-log';
import { callsById, canonicalTree, expandRequest } from '@pd/call-log/reader';
import type { LogEvent } from '@pd/call-log/schema';
import { createLLMClient, type LLMClient, type LLMClientOptions } from '../src/index.ts';
import { type RecordedRun, type RecordedRunOptions, readRecordedRun } from '../src/resume.ts';

/** A program done again with its record: what it wrote, and the run as it reads then. */
export interface Resumed<T> {
  value: T;
  /** What was logged by this process. */
  events: LogEvent[];
  tree: RunTree;
  resume: RecordedRun;
}

/** Does a recorded run again, in a segment of its own. */
export async function resumed<T>(
  { dir, path }: { dir: string; path: string },
  options: Partial<LLMClientOptions>,
  program: (client: LLMClient) => Promise<T>,
  { gates, ...recordOptions }: RecordedRunOptions & Pick<LLMClientOptions, 'gates'> = {},
): Promise<Resumed<T>> {
  const resume = await readRecordedRun(path, recordOptions);
  const { run } = await readTree(path);
  const events: LogEvent[] = [];
  const log = createCallLog({ join: shareRun({ id: run.id, dir }) });
  const logger = Object.assign(
    (event: LogEvent) => {
      events.push(event);
      log.logger(event);
    },
    {
      batch: (several: readonly LogEvent[]) => {
        events.push(...several);
        log.logger.batch?.(several);
      },
    },
  );
  const client = createLLMClient({
    model: 'stand-in-1',
    baseURL: 'http://127.0.0.1:1/v1',
    logger,
    ...options,
  });
  try {
    const value = await program(client.bind({ resume, ...(gates && { gates }) }));
    return { value, events, tree: await readTree(path), resume };
  } finally {
    await log.close();
  }
}

/**
 * A tree as it is compared with one that was written in one piece: who wrote how much of it is not part of the run, and with it
 * neither is where a request refers to an earlier one.
 */
export function comparable(tree: RunTree) {
  const byId = callsById(tree);
  const { agents, ...canonical } = canonicalTree({
    ...tree,
    agents: tree.agents.map((agent) => ({
      ...agent,
      calls: agent.calls.map((call) => {
        const { history: _, ...pre } = call.pre;
        return { ...call, pre: { ...pre, messages: expandRequest(call, byId) } };
      }),
    })),
  });
  return { messages: canonical.messages, agents };
}
