import type { Agent, AgentReply } from '@pd/agents';
import { bindContext } from '@pd/call-log/context';
import type { JsonValue, Logger } from '@pd/call-log/schema';
import type { Clock } from '@pd/llm-client';
import { type AgentRunner, localRunner } from '../agent-runner.ts';
import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';
import { UndeliverableError, type UndeliverableReason } from '../errors/undeliverable-error.ts';
import type { MessageFaults } from '../faults/create-message-faults.ts';
import type { MessagePlace } from '../faults/message-fate.ts';
import { MessageLedger } from '../message-ledger.ts';
import { systemClock } from '../system-clock.ts';
import { Entry } from './entry.ts';
import { HeldBack } from './held-back.ts';
import { Member } from './member.ts';
import type { Delivery, Envelope, MessageEnd, Outgoing } from './message.ts';
import { type Handled, isAgent, type JoinOptions, type Participant } from './participant.ts';
import { Places } from './places.ts';
import { RunQueue } from './run-queue.ts';
import type { Supervision } from './supervision.ts';
import { Suspension } from './suspension.ts';
import { Waits } from './waits.ts';

/** What happens to messages and those who get them, for whoever watches. */
export type CoordinatorEvent =
  | { type: 'delivered'; message: Envelope }
  | { type: 'ended'; message: Envelope; status: MessageEnd; reason?: UndeliverableReason; error?: unknown }
  | { type: 'failed'; agent: string; messageId: string; error: unknown; action: FailureAction };

/** What was done about an agent that failed. */
export type FailureAction = 'retry' | 'replace' | 'escalate' | 'reject' | 'stop';

export interface CoordinatorOptions {
  /** Gets a record of every message; usually `createCallLog().logger`. */
  logger?: Logger | undefined;
  /** Puts messages on record, instead of one made of `logger`. */
  ledger?: MessageLedger | undefined;
  /** Makes message ids. Default: random UUIDs. */
  createId?: (() => string) | undefined;
  /** Has agents answer. Default: in this process. */
  runner?: AgentRunner | undefined;
  /** For all who say nothing of their own. */
  supervision?: Supervision | undefined;
  /** Gives the content that a message is to have instead, for a run that is forked from another one. */
  edit?: ((place: MessagePlace) => JsonValue | undefined) | undefined;
  /** Injects faults on the way of messages. */
  faults?: MessageFaults | undefined;
  /** Told of everything, synchronously. */
  tell?: ((event: CoordinatorEvent) => void) | undefined;
  /** Told when an agent whose policy is `stop` has failed. */
  stop?: ((agent: string, error: unknown) => void) | undefined;
  /** Runs deadlines. Default: the system's. */
  clock?: Pick<Clock, 'after'> | undefined;
}

const DELIVER = { type: 'deliver' } as const;

/**
 * Routes messages between agents and others who take part. Each has a mailbox and handles its messages in the order they came;
 * each message ends exactly once, as `handled`, `rejected` or `dead_lettered`, and is on record from the moment it is posted.
 */
export class Coordinator {
  readonly #members = new Map<string, Member>();
  readonly #topics = new Map<string, Set<string>>();
  readonly #ledger: MessageLedger;
  readonly #options: CoordinatorOptions;
  readonly #waits = new Waits();
  readonly #places = new Places();
  readonly #held = new HeldBack();
  readonly #runQueue: RunQueue;
  /** Messages that have not ended. */
  readonly #open = new Set<Entry>();
  #idle: PromiseWithResolvers<void> | undefined;
  #closed = false;

  constructor(options: CoordinatorOptions = {}) {
    this.#options = options;
    this.#ledger = options.ledger ?? new MessageLedger(options.logger, options.createId);
    // Agents are run in the context of whoever made the coordinator, not of whoever happened to post a message.
    this.#runQueue = new RunQueue(bindContext((member: Member) => this.#work(member)));
  }

  /**
   * Lets somebody take part. The same one may join again; that changes nothing.
   *
   * @throws {InvalidScenarioError} when somebody else has that id, or for options that make no sense
   */
  join(joining: Agent | Participant, options: JoinOptions = {}): void {
    const known = this.#members.get(joining.id);
    if (known?.who === joining) return;
    if (known !== undefined)
      throw new InvalidScenarioError(
        `two participants have the id ${JSON.stringify(joining.id)}: give each its own, so that their calls can be told apart`,
      );
    const supervision = options.supervision ?? this.#options.supervision ?? {};
    this.#members.set(joining.id, new Member(joining, { ...options, supervision }));
    const { id, name, role } = joining;
    this.#ledger.introduce({ id, ...(name !== undefined && { name }), ...(role !== undefined && { role }) });
  }

  /** Somebody takes part no longer; what waits for it is dead-lettered. */
  leave(id: string): void {
    const member = this.#members.get(id);
    this.#members.delete(id);
    for (const ids of this.#topics.values()) ids.delete(id);
    for (const entry of member?.mailbox.clear() ?? []) this.#undelivered(entry, 'closed', `${id} has left`);
  }

  /** Whether somebody of that id takes part. */
  has(id: string): boolean {
    return this.#members.has(id);
  }

  /** How many messages have not ended. */
  get pending(): number {
    return this.#open.size;
  }

  /**
   * Posts a message. It is on record when this returns, and ends by itself; nobody has to wait for its reply.
   *
   * @throws {InvalidContentError} when the content does not fit the type; it is on record as rejected
   */
  post<Content>(outgoing: Outgoing<Content>): Delivery {
    return this.#post(outgoing as Outgoing, false);
  }

  /**
   * Posts a message and waits for its reply. Somebody who handles a message may ask others, but nobody who waits, through
   * others, for that very answer: such a message is dead-lettered instead of waiting for ever.
   *
   * @throws what {@link Delivery.reply} throws
   */
  ask<Content>(outgoing: Outgoing<Content>): Promise<AgentReply> {
    return this.#post(outgoing as Outgoing, true).reply;
  }

  /** Posts a message to everybody but its sender and those in `except`, one envelope for each. */
  broadcast({ except = [], ...outgoing }: Omit<Outgoing, 'to'> & { except?: readonly string[] }): Delivery[] {
    const others = [...this.#members.keys()].filter((id) => id !== outgoing.from && !except.includes(id));
    return others.map((to) => this.post({ ...outgoing, to }));
  }

  /**
   * Lets somebody hear what is published on a topic.
   *
   * @throws {InvalidScenarioError} when nobody has that id
   */
  subscribe(id: string, topic: string): void {
    if (!this.#members.has(id))
      throw new InvalidScenarioError(
        `${JSON.stringify(id)} cannot listen to ${topic}: nobody who takes part has that id`,
      );
    const ids = this.#topics.get(topic) ?? new Set();
    this.#topics.set(topic, ids.add(id));
  }

  /** Posts a message to all who listen to a topic, but its sender. With nobody there it is dead-lettered. */
  publish(topic: string, outgoing: Omit<Outgoing, 'to'>): Delivery[] {
    const ids = [...(this.#topics.get(topic) ?? [])].filter((id) => id !== outgoing.from);
    if (ids.length > 0) return ids.map((to) => this.post({ ...outgoing, to }));
    return [this.#lost(outgoing, `#${topic}`, `nobody listens to the topic ${topic}`)];
  }

  /** Posts a message to whoever of that role has the least to do. With nobody there it is dead-lettered. */
  postToRole(role: string, outgoing: Omit<Outgoing, 'to'>): Delivery {
    let least: Member | undefined;
    for (const member of this.#members.values()) {
      if (member.who.role !== role || member.id === outgoing.from || member.replacedBy !== undefined)
        continue;
      if (least === undefined || member.load < least.load) least = member;
    }
    if (least !== undefined) return this.post({ ...outgoing, to: least.id });
    return this.#lost(outgoing, `role:${role}`, `nobody has the role ${role}`);
  }

  /** Resolves when every message has ended. */
  idle(): Promise<void> {
    if (this.#open.size === 0) return Promise.resolve();
    this.#idle ??= Promise.withResolvers();
    return this.#idle.promise;
  }

  /**
   * Ends it: what waits is dead-lettered, what is being handled is aborted, and what is posted later goes nowhere.
   *
   * @param reason what the abort is told
   */
  close(reason: unknown = new Error('the scenario is over')): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const { mailbox } of this.#members.values()) mailbox.clear();
    for (const entry of this.#open) {
      this.#undelivered(entry, 'closed', 'the scenario was over before it was answered', reason);
      entry.abort(reason);
    }
  }

  #post(outgoing: Outgoing, isAwaited: boolean): Delivery {
    const addressed = this.#members.get(outgoing.to);
    const member = addressed && this.#inPlaceOf(addressed);
    const entry = this.#enter({ ...outgoing, to: member?.id ?? outgoing.to });
    const { from, to } = entry.envelope;
    if (member === undefined)
      this.#undelivered(entry, 'unknown_recipient', `nobody who takes part has the id ${JSON.stringify(to)}`);
    else if (this.#closed) this.#undelivered(entry, 'closed', 'the scenario is over');
    else if (from === to) this.#undelivered(entry, 'to_itself', `${from} has written to itself`);
    else if (!member.accepts(entry.envelope.type))
      this.#undelivered(entry, 'not_accepted', `${to} takes no ${entry.envelope.type ?? 'text'}`);
    else if (isAwaited && this.#waits.wouldClose(from, to))
      this.#undelivered(entry, 'waits_for_itself', `${to} waits, through others, for the answer of ${from}`);
    else this.#send(entry, member, isAwaited);
    return entry;
  }

  /** A message on record that has not ended. */
  #enter({ type, signal, ...outgoing }: Outgoing): Entry {
    const place = this.#places.next(outgoing.from, outgoing.to);
    let content = this.#options.edit?.(place) ?? outgoing.content;
    let fault: unknown;
    try {
      if (type !== undefined) content = type.parse(content);
    } catch (error) {
      fault = error;
    }
    const typed = type === undefined ? content : { type: type.name, content };
    const id = this.#ledger.deliver({ ...outgoing, content: typed });
    const entry = new Entry({ ...outgoing, content, ...(type && { type: type.name }), id }, signal, place);
    this.#open.add(entry);
    this.#options.tell?.({ type: 'delivered', message: entry.envelope });
    if (fault !== undefined) {
      this.#end(entry, 'rejected', { error: fault });
      throw fault;
    }
    return entry;
  }

  /** On its way, with what an injected fault makes of that. */
  #send(entry: Entry, member: Member, isAwaited: boolean): void {
    // Only who cannot take anything else meanwhile holds up those who wait for it.
    if (isAwaited && this.#members.get(entry.from)?.isFree === false)
      entry.waiting = this.#waits.begin(entry.from, entry.to);
    this.#watch(entry);
    const fate = this.#options.faults?.fateOf(entry.place) ?? DELIVER;
    if (fate.type === 'drop') this.#drop(entry, member);
    else if (fate.type === 'reorder' || fate.type === 'delay') {
      this.#held.hold(entry, fate, () => this.#put(entry, member));
      this.#releaseLast();
    } else {
      this.#put(entry, member);
      // The second one is not handled again, because the first has ended or is being handled.
      if (fate.type === 'duplicate') this.#put(entry, member);
    }
  }

  #put(entry: Entry, addressed: Member): void {
    if (entry.isEnded) return;
    const member = this.#inPlaceOf(addressed);
    const accepted = member.mailbox.put(entry);
    if (accepted !== undefined) entry.accepted = accepted;
    this.#runQueue.add(member);
    this.#held.delivered(entry);
  }

  /** A message that is lost is one that its receiver has not answered: it may be given to it again. */
  #drop(entry: Entry, member: Member): void {
    const { id, to } = entry;
    const error = new UndeliverableError(
      'dropped',
      id,
      to,
      `message ${id} to ${to} was lost by an injected fault`,
    );
    if ((member.supervision.retries ?? 0) > entry.failures) {
      entry.failures++;
      this.#failed(member, entry, error, 'retry');
      this.#put(entry, member);
    } else this.#end(entry, 'dead_lettered', { reason: 'dropped', error });
  }

  /** What is held back is let go when nothing else is left to wait for. */
  #releaseLast(): void {
    if (this.#held.size > 0 && this.#held.size === this.#open.size) this.#held.releaseAll();
  }

  /** Deadline and signal of a message that waits or is being handled. */
  #watch(entry: Entry): void {
    const { deadlineMs } = entry.envelope;
    entry.stopWatch?.();
    if (deadlineMs !== undefined) {
      const after = this.#options.clock?.after ?? systemClock.after;
      entry.stopWatch = after(deadlineMs, () => this.#expire(entry, deadlineMs));
    }
  }

  #expire(entry: Entry, deadlineMs: number): void {
    const { id, to } = entry.envelope;
    const error = new UndeliverableError(
      'deadline',
      id,
      to,
      `${to} has not answered within ${deadlineMs} ms`,
    );
    // Whoever handles it may be supervised; what still waits is over.
    if (entry.isBegun) entry.abort(error);
    else this.#end(entry, 'dead_lettered', { reason: 'deadline', error });
  }

  /** Handles what waits for a member, as much at a time as it does. */
  #work(member: Member): void {
    while (member.isFree) {
      const entry = member.mailbox.take();
      if (entry === undefined) return;
      // Ended while it waited, by its deadline or by its sender; or here for the second time.
      if (entry.isEnded || entry.isBegun) continue;
      if (entry.isAborted) this.#undelivered(entry, 'closed', 'its sender has given up', entry.abortReason);
      else this.#begin(member, entry);
    }
  }

  #begin(member: Member, entry: Entry): void {
    member.busy++;
    entry.isBegun = true;
    const done = () => {
      member.busy--;
      this.#runQueue.add(member);
    };
    const handled = this.#once(member, entry);
    if (!(handled instanceof Promise)) {
      this.#handled(entry, handled);
      done();
      return;
    }
    handled
      .then(
        (reply) => this.#handled(entry, reply),
        (error) => this.#supervise(member, entry, error),
      )
      .catch((error) => this.#end(entry, 'rejected', { error }))
      .finally(done);
  }

  /** Gives a message to its receiver. */
  #once({ who }: Member, entry: Entry): Handled | Promise<Handled> {
    try {
      if (!isAgent(who)) {
        const handled = who.handle(entry.envelope, entry);
        return handled instanceof Promise ? entry.untilAborted(handled) : handled;
      }
      const { runner = localRunner } = this.#options;
      const { id: messageId, content, from, attachments, history } = entry.envelope;
      const message = { content: String(content), from, ...(attachments && { attachments }) };
      const options = { messageId, history, signal: entry.signal };
      return entry.untilAborted(runner.respond(who, message, options));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  #handled(entry: Entry, handled: Handled): void {
    const reply = typeof handled === 'string' ? { content: handled } : (handled ?? { content: '' });
    this.#end(entry, 'handled', { reply });
  }

  /** Does what is to be done about an agent that failed. */
  async #supervise(member: Member, entry: Entry, error: unknown): Promise<void> {
    if (entry.isEnded) return;
    if (error instanceof Suspension) return this.#forget(entry, error);
    const { retries = 0, onFailure = 'reject' } = member.supervision;
    if (entry.failures++ < retries && !entry.isGivenUp) {
      this.#failed(member, entry, error, 'retry');
      entry.again();
      this.#watch(entry);
      try {
        return this.#handled(entry, await this.#once(member, entry));
      } catch (again) {
        return this.#supervise(member, entry, again);
      }
    }
    const { from } = entry.envelope;
    if (typeof onFailure === 'object' && !entry.isGivenUp) {
      const other = 'escalateTo' in onFailure ? onFailure.escalateTo : onFailure.replaceBy.id;
      this.#failed(member, entry, error, 'escalateTo' in onFailure ? 'escalate' : 'replace');
      if ('replaceBy' in onFailure) this.#replace(member, onFailure.replaceBy);
      const said =
        'escalateTo' in onFailure ? { from: member.id, content: inWords(member, entry, error) } : { from };
      const { id: _, ...outgoing } = { ...entry.envelope, ...said, to: other };
      this.#end(entry, 'rejected', { error, forwarded: this.#post(outgoing as Outgoing, false).reply });
      return;
    }
    this.#failed(member, entry, error, onFailure === 'stop' ? 'stop' : 'reject');
    const { reason } = error instanceof UndeliverableError ? error : {};
    this.#end(entry, 'rejected', { error, ...(reason !== undefined && { reason }) });
    if (onFailure === 'stop') this.#options.stop?.(member.id, error);
  }

  #failed(member: Member, { envelope }: Entry, error: unknown, action: FailureAction): void {
    this.#options.tell?.({ type: 'failed', agent: member.id, messageId: envelope.id, error, action });
  }

  /** Another one takes all that waits, and all that comes. */
  #replace(member: Member, other: Agent): void {
    if (member.replacedBy !== undefined) return;
    this.join(other);
    member.replacedBy = other.id;
    const next = this.#members.get(other.id);
    for (const entry of member.mailbox.clear()) {
      entry.envelope.to = other.id;
      this.#ledger.readdress(entry.envelope.id, other.id);
      next?.mailbox.put(entry);
    }
    if (next !== undefined) this.#runQueue.add(next);
  }

  #inPlaceOf(member: Member): Member {
    const other = member.replacedBy === undefined ? undefined : this.#members.get(member.replacedBy);
    return other === undefined ? member : this.#inPlaceOf(other);
  }

  /** A message for somebody who is not there. */
  #lost(outgoing: Omit<Outgoing, 'to'>, to: string, why: string): Delivery {
    const entry = this.#enter({ ...outgoing, to });
    this.#undelivered(entry, 'unknown_recipient', why);
    return entry;
  }

  #undelivered(entry: Entry, reason: UndeliverableReason, why: string, cause?: unknown): void {
    const { id, to } = entry.envelope;
    const error = new UndeliverableError(reason, id, to, `message ${id} to ${to} was not delivered: ${why}`);
    if (cause !== undefined) error.cause = cause;
    const status = reason === 'not_accepted' ? 'rejected' : 'dead_lettered';
    this.#end(entry, status, { reason, error });
  }

  #end(
    entry: Entry,
    status: MessageEnd,
    came: {
      reply?: AgentReply;
      error?: unknown;
      reason?: UndeliverableReason;
      forwarded?: Promise<AgentReply>;
    },
  ): void {
    if (entry.isEnded) return;
    const { reply, error, reason, forwarded } = came;
    this.#close(entry);
    this.#ledger.settle(entry.envelope.id, status);
    if (reason !== undefined) this.#ledger.explain(entry.envelope, status, reason, error);
    this.#options.tell?.({
      type: 'ended',
      message: entry.envelope,
      status,
      ...(reason !== undefined && { reason }),
      ...(error !== undefined && { error }),
    });
    if (forwarded !== undefined) entry.resolve(forwarded);
    else if (reply !== undefined) entry.resolve(reply);
    else entry.reject(error);
    this.#tellIdle();
  }

  /** A message that waits for a person stays on record as delivered; it ends when the scenario is resumed. */
  #forget(entry: Entry, suspension: Suspension): void {
    this.#close(entry);
    entry.reject(suspension);
    this.#tellIdle();
  }

  #close(entry: Entry): void {
    entry.isEnded = true;
    entry.stopWatch?.();
    this.#waits.end(entry.waiting);
    this.#open.delete(entry);
    if (this.#held.size === 0) return;
    this.#held.turned();
    this.#releaseLast();
  }

  #tellIdle(): void {
    if (this.#open.size > 0) return;
    this.#idle?.resolve();
    this.#idle = undefined;
  }
}

function inWords(member: Member, { envelope }: Entry, error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  const said = typeof envelope.content === 'string' ? envelope.content : JSON.stringify(envelope.content);
  return `${member.id} has failed: ${why}\n\n${envelope.from} had said to it:\n${said}`;
}
