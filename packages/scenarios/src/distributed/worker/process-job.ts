import type { Agent } from '@pd/agents';
import type { Job } from 'bullmq';
import { type AgentVersion, agentVersion } from '../agent-version.ts';
import { type JobData, type JobOutcome, jobDataSchema } from '../job.ts';
import type { BullMQ } from '../redis/load-packages.ts';
import type { RedisKeys } from '../redis/redis-keys.ts';
import type { RedisLink } from '../redis/redis-link.ts';
import { type ActiveJobs, StoppedWorkError } from './active-jobs.ts';
import { answerMessage } from './answer-message.ts';
import type { Answered } from './answered.ts';
import type { RunLogs } from './run-logs.ts';
import type { RunShipping } from './run-shipping.ts';
import { TextPieces } from './text-pieces.ts';

/** After how long a message that was refused is offered again, in milliseconds. */
const REFUSED_MS = 250;
/** The most that an answer may be, in bytes of JSON. */
const LARGEST_ANSWER = 64 * 2 ** 20;

export interface ProcessJobOptions {
  bullmq: BullMQ;
  link: RedisLink;
  keys: RedisKeys;
  workerId: string;
  agents: ReadonlyMap<string, Agent>;
  version: AgentVersion | undefined;
  active: ActiveJobs;
  answered: Answered;
  logs: RunLogs;
  shipping: RunShipping;
  report: (line: string) => void;
}

/**
 * Makes what a worker does with a job: refuse it when it is for another version of the agent, answer it, send what was
 * recorded, and give the outcome.
 */
export function createProcessJob(options: ProcessJobOptions) {
  const { active, answered, logs, shipping } = options;
  return async (job: Job<unknown, JobOutcome>, token?: string): Promise<JobOutcome> => {
    const id = job.id ?? '';
    const { data, error } = jobDataSchema.safeParse(job.data);
    if (data === undefined)
      throw new options.bullmq.UnrecoverableError(`it is no message: ${String(error).slice(0, 300)}`);
    const agent = await refuseOrFind(options, job, data, token);
    const runLog = data.run === undefined ? undefined : logs.open(data.run);
    if (runLog !== undefined) runLog.active++;
    const signal = active.begin(id);
    const late = timerFor(data, () => active.late(id));
    // A job that is asked for anew has the same name and another time.
    const key = `${id} ${job.timestamp}`;
    try {
      await stopUnwanted(options, job, id);
      // The answer of an earlier try, whose end did not reach Redis.
      const outcome = answered.get(key) ?? (await answerNow(options, { job, id, data, agent, signal }));
      answered.keep(key, outcome);
      const records = runLog === undefined ? undefined : await shipping.ship(runLog);
      return records === undefined ? outcome : { ...outcome, records };
    } catch (thrown) {
      if (thrown instanceof StoppedWorkError && thrown.code !== 'lock_lost')
        return {
          status: 'error',
          worker: options.workerId,
          error: { name: thrown.name, code: thrown.code, message: thrown.message },
        };
      throw thrown;
    } finally {
      clearTimeout(late);
      active.end(id);
      if (runLog !== undefined) {
        runLog.active--;
        runLog.usedMs = performance.now();
      }
    }
  };
}

interface Answering {
  job: Job<unknown, JobOutcome>;
  id: string;
  data: JobData;
  agent: Agent;
  signal: AbortSignal;
}

function answerNow(
  options: ProcessJobOptions,
  { job, id, data, agent, signal }: Answering,
): Promise<JobOutcome> {
  const texts = textsFor(options, data, id, job.attemptsStarted);
  return answerMessage({
    ...{ agent, data, signal, texts },
    worker: options.workerId,
    maxBytes: LARGEST_ANSWER,
  });
}

async function refuseOrFind(
  { bullmq, agents, version, report }: ProcessJobOptions,
  job: Job<unknown, JobOutcome>,
  { agent_id: id, agent_version: wanted }: JobData,
  token: string | undefined,
): Promise<Agent> {
  const agent = agents.get(id);
  const own = agent === undefined ? undefined : agentVersion(agent, version);
  if (agent !== undefined && (wanted === undefined || wanted === own)) return agent;
  report(
    agent === undefined
      ? `refused a message for ${JSON.stringify(id)}: there is no such agent here`
      : `refused a message for ${JSON.stringify(id)}: version ${wanted} is asked for, and this worker has ${own}`,
  );
  await job.moveToDelayed(Date.now() + REFUSED_MS, token);
  throw new bullmq.DelayedError();
}

/** A job that was begun before may have been given up meanwhile, when there was nobody to tell. */
async function stopUnwanted(
  { link, keys, active }: ProcessJobOptions,
  job: Job<unknown, JobOutcome>,
  id: string,
): Promise<void> {
  const isFirst = job.attemptsStarted <= 1;
  if (!isFirst && (await link.persist((client) => client.exists(keys.cancelled(id)))) === 1)
    active.cancel(id);
}

function timerFor({ deadline_ms: deadline }: JobData, tell: () => void): NodeJS.Timeout | undefined {
  if (deadline === undefined) return undefined;
  return setTimeout(tell, Math.min(Math.max(0, deadline - Date.now()), 2 ** 31 - 1));
}

function textsFor(
  { link }: ProcessJobOptions,
  { texts: channel }: JobData,
  job: string,
  number: number,
): TextPieces | undefined {
  if (channel === undefined) return undefined;
  return new TextPieces({ job, try: number }, (piece) => {
    // What is lost comes with the whole answer.
    link.client.publish(channel, JSON.stringify(piece)).catch(() => {});
  });
}
