import type { Agent, AgentReply } from '@pd/agents';
import { withRun } from '@pd/call-log/context';
import { localRunner } from '../../agent-runner.ts';
import type { JobData, JobOutcome } from '../job.ts';
import type { TextPieces } from './text-pieces.ts';
import { toRemoteFailure } from './to-remote-failure.ts';

export interface AnswerOptions {
  agent: Agent;
  data: JobData;
  worker: string;
  signal: AbortSignal;
  /** Gets the text as it comes, when somebody wants it. */
  texts: TextPieces | undefined;
  /** The most that an answer may be, in bytes of JSON. */
  maxBytes: number;
}

/**
 * Has an agent answer a message, in the run it belongs to. What the agent throws is an outcome.
 *
 * @throws the signal's reason after an abort: whoever stopped it wants no outcome
 */
export async function answerMessage(options: AnswerOptions): Promise<JobOutcome> {
  const { data, worker, signal, maxBytes } = options;
  try {
    const reply = await (data.run === undefined
      ? answer(options)
      : withRun(data.run.id, () => answer(options)));
    signal.throwIfAborted();
    const outcome: JobOutcome = { status: 'ok', worker, reply };
    const bytes = Buffer.byteLength(JSON.stringify(outcome));
    if (bytes <= maxBytes) return outcome;
    throw new RangeError(`the answer is ${bytes} bytes as JSON and may be ${maxBytes}`);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    return { status: 'error', worker, error: toRemoteFailure(error) };
  }
}

async function answer({ agent, data, signal, texts }: AnswerOptions): Promise<AgentReply> {
  const { message_id: messageId, message, history, resume, parent_call_id: parentCallId } = data;
  try {
    return await localRunner.respond(agent, message, {
      messageId,
      signal,
      ...(parentCallId !== undefined && { parentCallId }),
      ...(history !== undefined && { history }),
      ...(resume !== undefined && { resume }),
      ...(texts !== undefined && { onText: (text) => texts.add(text) }),
    });
  } finally {
    // What has not gone yet comes with the whole answer.
    texts?.stop();
  }
}
