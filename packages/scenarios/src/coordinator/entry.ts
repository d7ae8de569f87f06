import type { AgentReply } from '@pd/agents';
import type { MessagePlace } from '../faults/message-fate.ts';
import type { Delivery, Envelope } from './message.ts';
import type { HandlerContext } from './participant.ts';
import type { Wait } from './waits.ts';

const ACCEPTED = Promise.resolve();

/** A message on its way: what the coordinator knows of it, and what its sender can wait for. */
export class Entry implements Delivery, HandlerContext {
  readonly envelope: Envelope;
  readonly place: MessagePlace;
  accepted: Promise<void> = ACCEPTED;
  /** It was given to its receiver. */
  isBegun = false;
  isEnded = false;
  /** How often its receiver has failed at it. */
  failures = 0;
  waiting: Wait | undefined;
  stopWatch: (() => void) | undefined;
  readonly #reply = Promise.withResolvers<AgentReply>();
  readonly #given: AbortSignal | undefined;
  #controller: AbortController | undefined;
  #aborted: { reason: unknown } | undefined;
  #unlisten: (() => void) | undefined;
  #giveUp: ((reason: unknown) => void) | undefined;

  /** @param place as which message of its sender to its receiver it was posted */
  constructor(envelope: Envelope, signal: AbortSignal | undefined, place: MessagePlace) {
    this.envelope = envelope;
    this.place = place;
    this.#given = signal;
    // Nobody has to wait for it.
    this.#reply.promise.catch(() => {});
  }

  get id(): string {
    return this.envelope.id;
  }

  get from(): string {
    return this.envelope.from;
  }

  get to(): string {
    return this.envelope.to;
  }

  get reply(): Promise<AgentReply> {
    return this.#reply.promise;
  }

  /** Ends the work on it. Made when somebody asks for it, because most who handle a message do not. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#aborted !== undefined) this.#controller.abort(this.#aborted.reason);
    const own = this.#controller.signal;
    return this.#given === undefined ? own : AbortSignal.any([own, this.#given]);
  }

  /** The sender takes it back: another try would be for nobody. */
  get isGivenUp(): boolean {
    return this.#given?.aborted === true;
  }

  get isAborted(): boolean {
    return this.#aborted !== undefined || this.isGivenUp;
  }

  get abortReason(): unknown {
    return this.#aborted === undefined ? this.#given?.reason : this.#aborted.reason;
  }

  abort(reason: unknown): void {
    this.#aborted ??= { reason };
    this.#controller?.abort(reason);
    this.#giveUp?.(reason);
  }

  /** Makes it as new, to be given to its receiver again. */
  again(): void {
    this.#controller = undefined;
    this.#aborted = undefined;
  }

  /** What a receiver does, or the abort, whichever comes first: one that takes no notice of its signal holds nobody up. */
  untilAborted<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#giveUp = reject;
      work.then(resolve, reject);
      if (this.isAborted) reject(this.abortReason);
      else this.#listen(() => reject(this.#given?.reason));
    });
  }

  /** The sender's signal may be that of many messages: nothing of this one stays with it. */
  #listen(stop: () => void): void {
    this.#unlisten?.();
    const given = this.#given;
    if (given === undefined) return;
    given.addEventListener('abort', stop, { once: true });
    this.#unlisten = () => given.removeEventListener('abort', stop);
  }

  resolve(reply: AgentReply | Promise<AgentReply>): void {
    this.#unlisten?.();
    this.#reply.resolve(reply);
  }

  reject(error: unknown): void {
    this.#unlisten?.();
    this.#reply.reject(error);
  }
}
