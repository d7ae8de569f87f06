import type { ChatMessageParam } from '@pd/llm-client';
import type { IncomingMessage } from '../agent.ts';
import { chooseStyle } from '../chaos/choose-style.ts';
import { type Persona, personas } from '../chaos/personas.ts';
import { InvalidAgentError } from '../errors/invalid-agent-error.ts';
import { toUserMessage } from '../to-user-message.ts';
import { ModelAgent, type ModelAgentOptions } from './model-agent.ts';

/** What a ChaosAgent tells the model unless it is given something else. */
export const CHAOS_PROMPT: string = personas.maverick;

export interface ChaosAgentOptions extends ModelAgentOptions {
  /**
   * How chaotic it is, from 0 to 1: sets the `temperature` (0.4 to 1.4, unless `parameters` has one) and how many styles it is
   * told at once, and how firmly. Default: none of that, because some models take no temperature but their own.
   */
  chaos?: number;
  /** Who it is. Default: `maverick`. */
  persona?: Persona;
  /** Chooses the styles, with the message. Default: the agent's id. */
  seed?: string | number;
  /** Instead of a persona. */
  systemPrompt?: string;
}

const LEAST_TEMPERATURE = 0.4;
/** Most models become unreadable above. */
const MOST_TEMPERATURE = 1.4;

/**
 * Answers with unconventional ideas. It remembers nothing: every call is the system prompt and the one
 * message it reacts to, so that each answer starts from scratch.
 */
export class ChaosAgent extends ModelAgent {
  readonly #systemPrompt: string;
  readonly #chaos: number | undefined;
  readonly #seed: string | number;

  /** @throws {InvalidAgentError} for a persona that is none, or a `chaos` outside of 0 to 1 */
  constructor({ chaos, persona = 'maverick', seed, systemPrompt, ...options }: ChaosAgentOptions) {
    if (chaos !== undefined && !(typeof chaos === 'number' && chaos >= 0 && chaos <= 1))
      throw new InvalidAgentError(`chaos must be a number from 0 to 1, got ${String(chaos)}`);
    if (!Object.hasOwn(personas, persona))
      throw new InvalidAgentError(
        `there is no persona ${String(persona)}; there are: ${Object.keys(personas).join(', ')}`,
      );
    super({ ...options, parameters: { ...warmth(chaos), ...options.parameters } }, 'provocateur');
    this.#systemPrompt = systemPrompt ?? personas[persona];
    this.#chaos = chaos;
    this.#seed = seed ?? this.id;
  }

  protected override messagesFor(message: IncomingMessage): ChatMessageParam[] {
    const style =
      this.#chaos === undefined ? '' : `\n\n${chooseStyle(this.#chaos, this.#seed, message.content)}`;
    return [{ role: 'system', content: this.#systemPrompt + style }, toUserMessage(message)];
  }
}

function warmth(chaos: number | undefined): { temperature?: number } {
  if (chaos === undefined) return {};
  const temperature = LEAST_TEMPERATURE + chaos * (MOST_TEMPERATURE - LEAST_TEMPERATURE);
  return { temperature: Math.round(temperature * 100) / 100 };
}
