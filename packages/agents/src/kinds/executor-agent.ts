import type { AgentReply, IncomingMessage, RespondOptions } from '../agent.ts';
import type { AgentObject } from '../loop/make-object.ts';
import type { Decision, PendingApproval } from '../loop/pending-approval.ts';
import type { ModelAgentOptions } from './model-agent.ts';
import { ObjectAgent } from './object-agent.ts';

export interface ExecutorAgentOptions extends ModelAgentOptions {
  /** Said to the model besides the task of doing a step. */
  systemPrompt?: string;
}

/** A step to do. */
export interface Work {
  task: string;
  /** What the step is for. */
  goal?: string;
  /** What came of the steps before. */
  earlier?: readonly { id: string; summary: string }[];
}

/** What came of a step. */
export interface WorkResult {
  /** `need_help`: it cannot go on without an answer or a decision (`reply.pending`, when a tool waits for one). */
  status: 'success' | 'failure' | 'need_help';
  /** What was done and found out, or what is in the way. */
  summary: string;
  /** With the tools that were run, and why it ended. */
  reply: AgentReply;
}

interface Report {
  status: WorkResult['status'];
  summary: string;
}

const PROMPT =
  'You do one step of a plan. Use the tools to do it really; do not make up what a tool can find out. When something is missing that only somebody else can give, say so.';
const INSTRUCTION =
  'Report on this step. status: success when it is done, failure when it cannot be done, need_help when somebody has to answer or decide something first. summary: what was done and found out, with the results themselves, or what is in the way.';

/** Does a step with its tools and reports what came of it. */
export class ExecutorAgent extends ObjectAgent {
  constructor({ systemPrompt, ...options }: ExecutorAgentOptions) {
    super(options, 'executor', [PROMPT, systemPrompt]);
  }

  /** @throws what `respond()` throws; a step that cannot be done is data */
  async execute(work: string | Work, options: RespondOptions = {}): Promise<WorkResult> {
    const content = typeof work === 'string' ? work : inWords(work);
    return toResult(await this.generateObject({ content }, await request(), options));
  }

  /**
   * Goes on with a step whose tools waited for a decision (`reply.pending`).
   *
   * @throws {InvalidResumeError} before anything is run
   */
  async resumeWork(
    pending: PendingApproval,
    decisions: Readonly<Record<string, Decision>>,
    options: RespondOptions = {},
  ): Promise<WorkResult> {
    return toResult(await this.resumeObject(pending, decisions, await request(), options));
  }

  /** As `resumeWork()`, for the summary alone. */
  override async resume(
    pending: PendingApproval,
    decisions: Readonly<Record<string, Decision>>,
    options: RespondOptions = {},
  ): Promise<AgentReply> {
    return answer(await this.resumeWork(pending, decisions, options));
  }

  /** Answers with the summary; `object` has the status, too. */
  protected override async reply(message: IncomingMessage, options: RespondOptions): Promise<AgentReply> {
    return answer(toResult(await this.askForObject(message, await request(), options)));
  }
}

function answer({ status, summary, reply }: WorkResult): AgentReply {
  return { ...reply, content: summary, object: { status, summary } };
}

async function request() {
  const { z } = await import('zod');
  const schema = z.object({ status: z.enum(['success', 'failure', 'need_help']), summary: z.string() });
  return { schema, name: 'report', instruction: INSTRUCTION };
}

function toResult(made: AgentObject<Report>): WorkResult {
  const { reply } = made;
  if (made.ok) return { ...made.object, reply };
  const waits = reply.pending?.tool_calls.filter(({ needs_decision }) => needs_decision) ?? [];
  if (waits.length > 0)
    return {
      status: 'need_help',
      summary: `waits for a decision about ${waits.map(({ name }) => name).join(', ')}`,
      reply,
    };
  const said = reply.content || reply.refusal || made.issues.map(({ message }) => message).join('; ');
  return {
    status: 'failure',
    summary: `ended with ${reply.stopReason}${said === '' ? '' : `: ${said}`}`,
    reply,
  };
}

function inWords({ task, goal, earlier = [] }: Work): string {
  const before = earlier.map(({ id, summary }) => `- ${id}: ${summary}`).join('\n');
  return [
    ...(goal === undefined ? [] : [`Goal of the plan: ${goal}`]),
    ...(before === '' ? [] : [`Done before:\n${before}`]),
    `Your step: ${task}`,
  ].join('\n\n');
}
