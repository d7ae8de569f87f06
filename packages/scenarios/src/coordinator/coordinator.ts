import type { Agent, AgentReply } from '@pd/agents';
import { bindContext } from '@pd/call-log/context';
import type { JsonValue, Logger } from '@pd/call-log/schema';
import type { Clock } from '@pd/llm-client';
import type { AgentRunner } from '../agent-runner.ts';
import { UndeliverableError } from '../errors/undeliverable-error.ts';
import type { MessageFaults } from '../faults/create-message-faults.ts';
import type { MessagePlace } from '../faults/message-fate.ts';
import { MessageLedger } from '../message-ledger.ts';
import { LONGEST_TIMER_MS, systemClock } from '../system-clock.ts';
import { checkDeadline } from './check-deadline.ts';
import type { CoordinatorEvent, FailureAction } from './coordinator-event.ts';
import { Directory } from './directory.ts';
import type { Entry } from './entry.ts';
import { Handling } from './handling.ts';
import { HeldBack } from './held-back.ts';
import type { Member } from './member.ts';
import type { Delivery, MessageEnd, Outgoing } from './message.ts';
import { OpenMessages } from './open-messages.ts';
import type { JoinOptions, Participant } from './participant.ts';
import { RunQueue } from './run-queue.ts';
import type { Supervision } from './supervision.ts';
import { Waits } from './waits.ts';

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
  /** How a message has ended that was not answered in time, in a run that is resumed; it is not waited for again. */
  expired?: ((messageId: string) => MessageEnd | undefined) | undefined;
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
  readonly #options: CoordinatorOptions;
  readonly #directory = new Directory();
  readonly #waits = new Waits();
  readonly #held = new HeldBack();
  readonly #ledger: MessageLedger;
  readonly #messages: OpenMessages;
  readonly #runQueue: RunQueue;
  #closed = false;

  constructor(options: CoordinatorOptions = {}) {
    const { logger, createId, ledger = new MessageLedger(logger, createId), edit, tell, runner } = options;
    this.#options = options;
    this.#ledger = ledger;
    this.#messages = new OpenMessages({ ledger, edit, tell, ended: (entry) => this.#ended(entry) });
    const handling = new Handling({
      runner,
      messages: this.#messages,
      post: (outgoing) => this.post(outgoing),
      replace: (member, other) => this.#replace(member, other),
      watch: (entry) => this.#watch(entry),
      failed: (member, entry, error, action) => this.#failed(member, entry, error, action),
      stop: ({ id }, error) => options.stop?.(id, error),
    });
    const again = (member: Member) => this.#runQueue.add(member);
    // Agents are run in the context of whoever made the coordinator, not of whoever happened to post a message.
    this.#runQueue = new RunQueue(bindContext((member: Member) => handling.work(member, again)));
  }

  /**
   * Lets somebody take part. The same one may join again; that changes nothing.
   *
   * @throws {InvalidScenarioError} when somebody else has that id, or for options that make no sense
   */
  join(joining: Agent | Participant, options: JoinOptions = {}): void {
    const supervision = options.supervision ?? this.#options.supervision ?? {};
    if (this.#directory.add(joining, { ...options, supervision }) === undefined) return;
    const { id, name, role } = joining;
    this.#ledger.introduce({ id, ...(name !== undefined && { name }), ...(role !== undefined && { role }) });
  }

  /** Somebody takes part no longer; what waits for it is dead-lettered. */
  leave(id: string): void {
    for (const entry of this.#directory.remove(id)?.mailbox.clear() ?? [])
      this.#messages.lose(entry, 'closed', `${id} has left`);
  }

  /** Whether somebody of that id takes part. */
  has(id: string): boolean {
    return this.#directory.get(id) !== undefined;
  }

  /** How many messages have not ended. */
  get pending(): number {
    return this.#messages.size;
  }

  /** Resolves when every message has ended. */
  idle(): Promise<void> {
    return this.#messages.idle();
  }

  /**
   * Posts a message. It is on record when this returns, and ends by itself; nobody has to wait for its reply.
   *
   * @throws {InvalidContentError} when the content does not fit the type; it is on record as rejected
   * @throws {InvalidScenarioError} for a deadline that is no time
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
    const others = this.#directory.others(outgoing.from).filter((id) => !except.includes(id));
    return others.map((to) => this.post({ ...outgoing, to }));
  }

  /**
   * Lets somebody hear what is published on a topic.
   *
   * @throws {InvalidScenarioError} when nobody has that id
   */
  subscribe(id: string, topic: string): void {
    this.#directory.subscribe(id, topic);
  }

  /** Posts a message to all who listen to a topic, but its sender. With nobody there it is dead-lettered. */
  publish(topic: string, outgoing: Omit<Outgoing, 'to'>): Delivery[] {
    const ids = this.#directory.listeners(topic).filter((id) => id !== outgoing.from);
    if (ids.length > 0) return ids.map((to) => this.post({ ...outgoing, to }));
    return [this.#lost(outgoing, `#${topic}`, `nobody listens to the topic ${topic}`)];
  }

  /** Posts a message to whoever of that role has the least to do. With nobody there it is dead-lettered. */
  postToRole(role: string, outgoing: Omit<Outgoing, 'to'>): Delivery {
    const member = this.#directory.leastBusy(role, outgoing.from);
    if (member !== undefined) return this.post({ ...outgoing, to: member.id });
    return this.#lost(outgoing, `role:${role}`, `nobody has the role ${role}`);
  }

  /**
   * Ends it: what waits is dead-lettered, what is being handled is aborted, and what is posted later goes nowhere.
   *
   * @param reason what the abort is told
   */
  close(reason: unknown = new Error('the scenario is over')): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const { mailbox } of this.#directory.all()) mailbox.clear();
    for (const entry of this.#messages) {
      this.#messages.lose(entry, 'closed', 'the scenario was over before it was answered', reason);
      entry.abort(reason);
    }
  }

  #post(outgoing: Outgoing, isAwaited: boolean): Delivery {
    checkDeadline(outgoing.deadlineMs);
    const member = this.#directory.inPlaceOf(outgoing.to);
    const entry = this.#messages.begin({ ...outgoing, to: member?.id ?? outgoing.to });
    const { from, to } = entry;
    const expired = this.#options.expired?.(entry.id);
    const lose = this.#messages.lose.bind(this.#messages, entry);
    if (member === undefined)
      lose('unknown_recipient', `nobody who takes part has the id ${JSON.stringify(to)}`);
    else if (this.#closed) lose('closed', 'the scenario is over');
    else if (from === to) lose('to_itself', `${from} has written to itself`);
    else if (!member.accepts(entry.envelope.type))
      lose('not_accepted', `${to} takes no ${entry.envelope.type ?? 'text'}`);
    else if (isAwaited && this.#waits.wouldClose(from, to))
      lose('waits_for_itself', `${to} waits, through others, for the answer of ${from}`);
    else if (expired !== undefined) this.#endAgain(entry, expired);
    else this.#send(entry, member, isAwaited);
    return entry;
  }

  /** A message that was not answered in time when it was recorded. */
  #endAgain(entry: Entry, status: MessageEnd): void {
    const { id, to } = entry;
    const error = new UndeliverableError(
      'deadline',
      id,
      to,
      `${to} had not answered in time when this was recorded`,
    );
    this.#messages.end(entry, status, { reason: 'deadline', error });
  }

  /** A message for somebody who is not there. */
  #lost(outgoing: Omit<Outgoing, 'to'>, to: string, why: string): Delivery {
    const entry = this.#messages.begin({ ...outgoing, to });
    this.#messages.lose(entry, 'unknown_recipient', why);
    return entry;
  }

  /** On its way, with what an injected fault makes of that. */
  #send(entry: Entry, member: Member, isAwaited: boolean): void {
    // Only who cannot take anything else meanwhile holds up those who wait for it.
    if (isAwaited && this.#directory.get(entry.from)?.isFree === false)
      entry.waiting = this.#waits.begin(entry.from, entry.to);
    this.#watch(entry);
    const fate = this.#options.faults?.fateOf(entry.place) ?? DELIVER;
    if (fate.type === 'drop') this.#drop(entry, member);
    else if (fate.type === 'reorder' || fate.type === 'delay') {
      this.#held.hold(entry, fate, () => this.#put(entry));
      this.#releaseLast();
    } else {
      this.#put(entry);
      // The second one is not handled again, because the first has ended or is being handled.
      if (fate.type === 'duplicate') this.#put(entry);
    }
  }

  #put(entry: Entry): void {
    const member = this.#directory.inPlaceOf(entry.to);
    if (entry.isEnded || member === undefined) return;
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
      this.#put(entry);
    } else this.#messages.end(entry, 'dead_lettered', { reason: 'dropped', error });
  }

  /** What is held back is let go when nothing else is left to wait for. */
  #releaseLast(): void {
    if (this.#held.size > 0 && this.#held.size === this.#messages.size) this.#held.releaseAll();
  }

  /** Deadline and signal of a message that waits or is being handled. */
  #watch(entry: Entry): void {
    const { deadlineMs } = entry.envelope;
    entry.stopWatch?.();
    if (deadlineMs !== undefined && deadlineMs <= LONGEST_TIMER_MS) {
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
    else this.#messages.end(entry, 'dead_lettered', { reason: 'deadline', error });
  }

  #failed({ id }: Member, entry: Entry, error: unknown, action: FailureAction): void {
    this.#options.tell?.({ type: 'failed', agent: id, messageId: entry.id, error, action });
  }

  #replace(member: Member, other: Agent): void {
    if (member.replacedBy !== undefined) return;
    this.join(other);
    member.replacedBy = other.id;
    for (const entry of member.mailbox.clear()) {
      entry.envelope.to = other.id;
      this.#ledger.readdress(entry.id, other.id);
      this.#put(entry);
    }
  }

  #ended(entry: Entry): void {
    this.#waits.end(entry.waiting);
    if (this.#held.size === 0) return;
    this.#held.turned();
    this.#releaseLast();
  }
}
