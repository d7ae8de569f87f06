import type { Issue, StandardSchema } from '@pd/llm-client';
import type { AgentReply, IncomingMessage, RespondOptions } from '../agent.ts';
import { InvalidAgentError } from '../errors/invalid-agent-error.ts';
import type { ModelAgentOptions } from './model-agent.ts';
import { ObjectAgent } from './object-agent.ts';

export interface CriticAgentOptions extends ModelAgentOptions {
  /** What work has to meet, each a sentence that is true or not. */
  criteria: readonly string[];
  /** Said to the model besides the task of judging. */
  systemPrompt?: string;
}

/** What a critic thinks of a piece of work. */
export interface Verdict {
  /** Whether every criterion is met. */
  passed: boolean;
  /** One for each criterion, in their order. */
  criteria: readonly { criterion: string; met: boolean; reason: string }[];
  /** What would make it better. */
  feedback: string;
}

/** A verdict, or why there is none. */
export type ReviewResult =
  | { ok: true; verdict: Verdict; reply: AgentReply }
  | { ok: false; issues: readonly Issue[]; reply: AgentReply };

/** A piece of work to review. */
export interface Review {
  work: string;
  /** What it was made for. */
  goal?: string;
}

const PROMPT =
  'You are a critic. Judge the work by each criterion on its own, from what is there and not from what was meant, and say what would make it better.';

/** What the model writes: a judgement for each criterion, by its number, so that none is left out or judged twice. */
interface Judged {
  criteria: Record<string, { reason: string; met: boolean }>;
  feedback: string;
}

/** Reviews work against criteria. Whether it passes is counted here, not asked. */
export class CriticAgent extends ObjectAgent {
  readonly criteria: readonly string[];

  /** @throws {InvalidAgentError} without a criterion */
  constructor({ criteria, systemPrompt, ...options }: CriticAgentOptions) {
    super(options, 'critic', [PROMPT, systemPrompt]);
    if (
      !Array.isArray(criteria) ||
      criteria.length === 0 ||
      criteria.some((each) => typeof each !== 'string')
    )
      throw new InvalidAgentError(
        `the critic ${this.id} needs at least one criterion, and all of them texts`,
      );
    this.criteria = criteria;
  }

  /** @throws what `respond()` throws; a verdict that cannot be had is data */
  async review(review: Review, options: RespondOptions = {}): Promise<ReviewResult> {
    const { work, goal } = review;
    const content = goal === undefined ? work : `Goal: ${goal}\n\nWork:\n${work}`;
    const made = await this.generateObject({ content }, await this.#request(), options);
    const { reply } = made;
    return made.ok
      ? { ok: true, verdict: this.#verdict(made.object), reply }
      : { ok: false, issues: made.issues, reply };
  }

  /** Answers with the verdict as JSON. */
  protected override async reply(message: IncomingMessage, options: RespondOptions): Promise<AgentReply> {
    const made = await this.askForObject(message, await this.#request(), options);
    if (!made.ok) return made.reply;
    const verdict = this.#verdict(made.object);
    return { ...made.reply, content: JSON.stringify(verdict), object: verdict };
  }

  #verdict({ criteria, feedback }: Judged): Verdict {
    const judged = this.criteria.map((criterion, i) => {
      const { met, reason } = criteria[keyOf(i)] as { met: boolean; reason: string };
      return { criterion, met, reason };
    });
    return { passed: judged.every(({ met }) => met), criteria: judged, feedback };
  }

  async #request(): Promise<{ schema: StandardSchema<unknown, Judged>; name: string }> {
    const { z } = await import('zod');
    const judgement = (criterion: string) =>
      z.object({ reason: z.string(), met: z.boolean() }).describe(criterion);
    const criteria = Object.fromEntries(this.criteria.map((each, i) => [keyOf(i), judgement(each)]));
    return { schema: z.object({ criteria: z.object(criteria), feedback: z.string() }), name: 'verdict' };
  }
}

function keyOf(position: number): string {
  return `criterion_${position + 1}`;
}
