import type { ChatMessage } from '../chat-request.ts';
import { composeReply } from '../compose.ts';
import { type Dialogue, readDialogue } from '../dialogue.ts';
import { type Facts, readFacts } from '../facts.ts';
import { anything } from '../lexicon/anything.ts';
import type { Domain } from '../lexicon/domain.ts';
import { pick, type Random, randomFrom } from '../random.ts';

/** What to fill texts with, from what was asked and from the field it is about. Nothing comes twice before all has come. */
export class Words {
  readonly facts: Facts;
  readonly random: Random;
  readonly #messages: readonly ChatMessage[];
  readonly #seeds: readonly string[];
  readonly #dialogue: Dialogue;
  readonly #drawn = new Map<string, string[]>();
  #sentences = 0;

  constructor(messages: readonly ChatMessage[], seeds: readonly string[]) {
    // What tools said is read as facts, not as something to make conversation about.
    this.#messages = messages.filter(
      ({ role, text }) => role !== 'tool' && (role !== 'assistant' || text !== ''),
    );
    this.#seeds = seeds;
    this.#dialogue = readDialogue(this.#messages);
    this.facts = readFacts(messages);
    this.random = randomFrom(...seeds, 'words', ...messages.map(({ text }) => text));
  }

  /** What the conversation is about: "making a city quieter". */
  get topic(): string {
    return this.#dialogue.topic ?? this.draw('what', (domain) => domain.levers.map(({ what }) => what));
  }

  step(): string {
    return this.draw('step', ({ levers }) => levers.map(({ step }) => step));
  }

  thing(): string {
    return this.draw('what', ({ levers }) => levers.map(({ what }) => what));
  }

  idea(): string {
    return this.draw('idea', ({ proposals }) => proposals.map(({ say }) => say));
  }

  reason(): string {
    return this.draw('why', ({ levers }) => levers.map(({ why }) => why));
  }

  risk(): string {
    return this.draw('risk', ({ risks }) => risks);
  }

  measure(): string {
    return this.draw('measure', ({ measures }) => measures);
  }

  people(): string {
    return this.draw('people', ({ people }) => people);
  }

  question(): string {
    return this.draw('question', ({ questions }) => questions);
  }

  /** Two to four sentences in the stand-in's voice. */
  prose(): string {
    return composeReply(this.#messages, [...this.#seeds, `prose ${this.#sentences++}`]);
  }

  /** The next of a list that is shuffled and, when it is used up, begun again. */
  draw(name: string, list: (domain: Domain) => readonly string[]): string {
    const left = this.#drawn.get(name) ?? [];
    if (left.length === 0) {
      const { domain } = this.#dialogue;
      // Taken from the end: first the field's own, then what can be said about anything.
      left.push(
        ...(domain === anything ? [] : this.#shuffle(list(anything))),
        ...this.#shuffle(list(domain)),
      );
      this.#drawn.set(name, left);
    }
    return left.pop() ?? '';
  }

  one<T>(items: readonly T[]): T | undefined {
    return pick(items, this.random);
  }

  #shuffle(items: readonly string[]): string[] {
    return items
      .map((item) => ({ item, order: this.random() }))
      .sort((a, b) => a.order - b.order)
      .map(({ item }) => item);
  }
}
