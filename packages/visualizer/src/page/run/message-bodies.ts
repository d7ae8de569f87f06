import type { CallNode, MessageNode } from '@pd/call-log/schema';
import type { BlockList } from './block-list.ts';
import type { MessageColumns } from './run-model.ts';

/** Whole messages; what one says that is a reply is taken from its call. */
export class MessageBodies {
  readonly #messages: BlockList<MessageNode>;
  readonly #calls: BlockList<CallNode>;
  readonly #columns: Pick<MessageColumns, 'isReply' | 'call'>;

  constructor(
    messages: BlockList<MessageNode>,
    calls: BlockList<CallNode>,
    columns: Pick<MessageColumns, 'isReply' | 'call'>,
  ) {
    this.#messages = messages;
    this.#calls = calls;
    this.#columns = columns;
  }

  get size(): number {
    return this.#messages.size;
  }

  async at(place: number): Promise<MessageNode | undefined> {
    const message = await this.#messages.at(place);
    if (message === undefined || this.#columns.isReply[place] !== 1) return message;
    const call = await this.#calls.at(this.#columns.call[place] ?? -1);
    return { ...message, content: call?.post?.message?.content ?? null };
  }

  /** Messages as their blocks have them: without what their calls say. */
  block(place: number): Promise<{ first: number; items: MessageNode[] }> {
    return this.#messages.block(place);
  }
}
