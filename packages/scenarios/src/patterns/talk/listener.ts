import { toMessageName } from '@pd/agents';
import type { ChatMessageParam } from '@pd/llm-client';
import type { Line } from '../pattern.ts';

/**
 * What one agent has been told and shown of a talk. Each line is turned into a chat message once, when the agent is asked the
 * next time, so that the work of a turn is in what is new, and the beginning of its requests stays the same.
 */
export class Listener {
  readonly #lines: readonly Line[];
  /** Under whose ids its own lines are: its own, and that of whoever answers in its place. */
  readonly #own: Set<string>;
  readonly #history: ChatMessageParam[] = [];
  /** The line that it was asked with, until it is part of the history. */
  #asked: Line | undefined;
  #told: number;
  #shown = 0;

  /**
   * @param lines what has been said; grows while the talk goes on
   * @param told how many of them it need not be told any more
   */
  constructor(id: string, lines: readonly Line[], told: number) {
    this.#own = new Set([id]);
    this.#lines = lines;
    this.#told = told;
  }

  /** What that one says is said in its place. */
  isAnsweredBy(id: string): void {
    this.#own.add(id);
  }

  /** What others have said since it was told something; it counts as told now. */
  untold(): Line[] {
    const untold = this.#lines.slice(this.#told).filter(({ from }) => !this.#own.has(from));
    this.#told = this.#lines.length;
    return untold;
  }

  /** The conversation as it is to see it, without the line that it is asked with, if it is asked with one. */
  historyBefore(asked: Line | undefined): ChatMessageParam[] {
    if (this.#asked !== undefined) this.#show(this.#asked);
    for (; this.#shown < this.#lines.length; this.#shown++) {
      const line = this.#lines[this.#shown];
      if (line !== undefined && line !== asked) this.#show(line);
    }
    this.#asked = asked;
    return [...this.#history];
  }

  #show({ from, content }: Line): void {
    this.#history.push(
      this.#own.has(from)
        ? { role: 'assistant', content }
        : { role: 'user', name: toMessageName(from), content },
    );
  }
}
