import type { Agent } from '@pd/agents';
import { type AgentRunner, localRunner } from '../agent-runner.ts';
import { UndeliverableError } from '../errors/undeliverable-error.ts';
import type { FailureAction } from './coordinator-event.ts';
import type { Entry } from './entry.ts';
import type { Member } from './member.ts';
import type { Delivery, Outgoing } from './message.ts';
import type { OpenMessages } from './open-messages.ts';
import { type Handled, isAgent } from './participant.ts';
import { Suspension } from './suspension.ts';

/** What handling messages needs of the coordinator. */
export interface HandlingOptions {
  runner: AgentRunner | undefined;
  messages: OpenMessages;
  post(outgoing: Outgoing): Delivery;
  /** Another one takes all that waits for a member, and all that comes. */
  replace(member: Member, other: Agent): void;
  /** Sets the deadline of a message that is given to its receiver again. */
  watch(entry: Entry): void;
  failed(member: Member, entry: Entry, error: unknown, action: FailureAction): void;
  stop(member: Member, error: unknown): void;
}

/** Gives messages to their receivers, and does what is to be done when those fail. */
export class Handling {
  readonly #options: HandlingOptions;

  constructor(options: HandlingOptions) {
    this.#options = options;
  }

  /** Handles what waits for a member, as much at a time as it does. @param done told when it has room again */
  work(member: Member, done: (member: Member) => void): void {
    while (member.isFree) {
      const entry = member.mailbox.take();
      if (entry === undefined) return;
      // Ended while it waited, by its deadline or by its sender; or here for the second time.
      if (entry.isEnded || entry.isBegun) continue;
      if (entry.isAborted) this.#withdraw(entry);
      else this.#begin(member, entry, done);
    }
  }

  #begin(member: Member, entry: Entry, done: (member: Member) => void): void {
    member.busy++;
    entry.isBegun = true;
    const end = () => {
      member.busy--;
      done(member);
    };
    const handled = this.#once(member, entry);
    if (handled instanceof Promise)
      handled
        .then(
          (reply) => this.#handled(entry, reply),
          (error) => this.#supervise(member, entry, error),
        )
        .catch((error) => this.#options.messages.end(entry, 'rejected', { error }))
        .finally(end);
    else {
      this.#handled(entry, handled);
      end();
    }
  }

  /** Gives a message to its receiver. */
  #once({ who }: Member, entry: Entry): Handled | Promise<Handled> {
    try {
      if (!isAgent(who)) {
        const handled = who.handle(entry.envelope, entry);
        return handled instanceof Promise ? entry.untilAborted(handled) : handled;
      }
      const { runner = localRunner } = this.#options;
      const { id: messageId, content, from, attachments, history, handoffs, onlyHeard } = entry.envelope;
      if (onlyHeard === true) return undefined;
      const message = { content: String(content), from, ...(attachments && { attachments }) };
      const options = { messageId, history, handoffs, signal: entry.signal };
      return entry.untilAborted(runner.respond(who, message, options));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  #handled(entry: Entry, handled: Handled): void {
    const reply = typeof handled === 'string' ? { content: handled } : (handled ?? { content: '' });
    this.#options.messages.end(entry, 'handled', { reply });
  }

  /** Does what is to be done about an agent that failed. */
  async #supervise(member: Member, entry: Entry, error: unknown): Promise<void> {
    const { messages, watch, failed } = this.#options;
    if (entry.isEnded) return;
    if (error instanceof Suspension) return messages.suspend(entry, error);
    // Its receiver has not failed.
    if (entry.isGivenUp) return this.#withdraw(entry);
    const { retries = 0, onFailure = 'reject' } = member.supervision;
    if (entry.failures++ < retries) {
      failed(member, entry, error, 'retry');
      entry.again();
      watch(entry);
      try {
        return this.#handled(entry, await this.#once(member, entry));
      } catch (again) {
        return this.#supervise(member, entry, again);
      }
    }
    if (typeof onFailure === 'object') return this.#askAnother(member, entry, error, onFailure);
    failed(member, entry, error, onFailure === 'stop' ? 'stop' : 'reject');
    const { reason } = error instanceof UndeliverableError ? error : {};
    messages.end(entry, 'rejected', { error, ...(reason !== undefined && { reason }) });
    if (onFailure === 'stop') this.#options.stop(member, error);
  }

  /** Its sender takes it back. */
  #withdraw(entry: Entry): void {
    const { abortReason } = entry;
    const why = abortReason instanceof Error ? abortReason.message : String(abortReason);
    const told = `its sender needs no answer any more: ${why}`;
    this.#options.messages.lose(entry, 'withdrawn', told, abortReason);
  }

  /** Asks whoever takes its place, or whoever it is to be told to. */
  #askAnother(
    member: Member,
    entry: Entry,
    error: unknown,
    policy: { replaceBy: Agent } | { escalateTo: string },
  ): void {
    const { messages, post, replace, failed } = this.#options;
    const { id: _, type: __, ...outgoing } = entry.envelope;
    let forwarded: Delivery;
    if ('escalateTo' in policy) {
      failed(member, entry, error, 'escalate');
      const content = inWords(member, entry, error);
      forwarded = post({ ...outgoing, from: member.id, to: policy.escalateTo, content });
    } else {
      failed(member, entry, error, 'replace');
      replace(member, policy.replaceBy);
      forwarded = post({ ...outgoing, to: policy.replaceBy.id });
    }
    // Whose answer it is has to be known: the call that produced it is that one's.
    const reply = forwarded.reply.then((answer) => ({ answeredBy: forwarded.to, ...answer }));
    messages.end(entry, 'rejected', { error, forwarded: reply });
  }
}

function inWords(member: Member, { envelope }: Entry, error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  const said = typeof envelope.content === 'string' ? envelope.content : JSON.stringify(envelope.content);
  return `${member.id} has failed: ${why}\n\n${envelope.from} had said to it:\n${said}`;
}
