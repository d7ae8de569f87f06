import type { CallNode, ChatMessage, RunTree } from '@pd/call-log/schema';
import { canonicalJson } from './canonical-json.ts';
import { Conversations } from './conversations.ts';
import { ToolCallNames } from './tool-call-names.ts';

/** What the requests of several runs have in common. Texts become numbers once; from then on numbers are compared. */
export class KnownRequests {
  readonly conversations = new Conversations();
  readonly #numbers = new Map<string, number>();
  readonly #messages = new Map<number, ChatMessage>();

  /** A number that stands for a text; equal texts have equal numbers. */
  numberOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(text, number);
    return number;
  }

  /** A message by its number, as it stands in the run in which it was met first. */
  message(number: number): ChatMessage | undefined {
    return this.#messages.get(number);
  }

  /**
   * The conversation that each call of a run sent. A history that the record does not have is left out, as in
   * `canonicalTree` of `@pd/call-log`; one that goes in circles, too.
   */
  conversationsOf(tree: RunTree): ReadonlyMap<CallNode, number> {
    const names = new ToolCallNames();
    const byId = new Map<string, CallNode>();
    for (const { calls } of tree.agents) for (const call of calls) byId.set(call.id, call);
    const places = new Map<CallNode, number>();
    const place = (call: CallNode, before: number) => {
      const numbers = call.pre.messages.map((message) => this.#numberOfMessage(message, names));
      places.set(
        call,
        numbers.reduce((at, number) => this.conversations.append(at, number), before),
      );
    };
    for (const { calls } of tree.agents) {
      for (const call of calls) {
        // Those it goes back to come first, however far back and in whatever order they stand.
        const waiting: CallNode[] = [];
        const visited = new Set<CallNode>();
        let at: CallNode | undefined = call;
        while (at !== undefined && !places.has(at) && !visited.has(at)) {
          visited.add(at);
          waiting.push(at);
          at = at.pre.history === undefined ? undefined : byId.get(at.pre.history.call_id);
        }
        for (const next of waiting.reverse()) {
          const { history } = next.pre;
          const earlier = history && byId.get(history.call_id);
          const base = earlier === undefined ? undefined : places.get(earlier);
          place(next, this.conversations.beginning(base ?? Conversations.EMPTY, history?.take ?? 0));
        }
      }
    }
    return places;
  }

  #numberOfMessage(message: ChatMessage, names: ToolCallNames): number {
    const number = this.numberOf(canonicalJson(names.rename(message)));
    if (!this.#messages.has(number)) this.#messages.set(number, message);
    return number;
  }
}
