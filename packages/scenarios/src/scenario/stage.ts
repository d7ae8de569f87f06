import { randomUUID } from 'node:crypto';
import type { Agent, AgentReply, IncomingMessage } from '@pd/agents';
import type { JsonValue } from '@pd/call-log/schema';
import { type AgentRunner, localRunner, type RunnerOptions } from '../agent-runner.ts';
import { Coordinator, type CoordinatorEvent } from '../coordinator/coordinator.ts';
import { ScenarioStoppedError } from '../errors/scenario-stopped-error.ts';
import { MessageLedger } from '../message-ledger.ts';
import { isPattern, type Member, type Pattern, type PatternResult, type Task } from '../patterns/pattern.ts';
import { randomFrom } from '../random.ts';
import type { PlayOptions } from './play-options.ts';
import type { ScenarioEvent } from './scenario-event.ts';
import type { Answer, Said, Scene, Verdict } from './scene.ts';
import { Totals } from './totals.ts';

/** A turn that is over, until what came of it is on its way. */
interface EndedTurn {
  turn: number;
  speaker: string;
  reply: AgentReply;
}

/** A scene with everything behind it: who takes part, whose turn it is, what it has taken, whether it is to stop. */
export class Stage implements Scene {
  readonly coordinator: Coordinator;
  readonly totals = new Totals();
  readonly #options: PlayOptions;
  readonly #runner: AgentRunner;
  readonly #tell: (event: ScenarioEvent) => Promise<void> | undefined;
  readonly #controller = new AbortController();
  readonly #seed: string;
  readonly #randoms = new Map<string, () => number>();
  /** For whom the answers to messages are, where their askers have said so. */
  readonly #answerFor = new Map<string, string>();
  /** By speaker. */
  readonly #ended = new Map<string, EndedTurn>();
  #turns = 0;
  #verdict: Verdict | undefined;
  /** The last answer there was. */
  last: Answer | undefined;

  /** @param tell tells the reader; what it returns resolves when the reader is ready for more, `undefined` when nobody reads */
  constructor(options: PlayOptions, tell: (event: ScenarioEvent) => Promise<void> | undefined) {
    this.#options = options;
    this.#tell = tell;
    this.#runner = options.runner ?? localRunner;
    this.#seed = String(options.seed ?? randomUUID());
    const { logger, createId, supervision, clock } = options;
    this.coordinator = new Coordinator({
      ledger: new MessageLedger(logger, createId),
      supervision,
      clock,
      runner: { respond: (agent, message, asked) => this.#takeTurn(agent, message, asked) },
      tell: (event) => this.#watch(event),
      stop: (agent, error) => this.#failed(agent, error),
    });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get verdict(): Verdict | undefined {
    return this.#verdict;
  }

  /** Somebody outside of the pattern takes part: whoever gives the task. */
  join(id: string): void {
    this.coordinator.join({ id, role: 'person', handle: () => undefined });
  }

  async ask(member: Member, said: Said): Promise<Answer> {
    if (this.#verdict !== undefined) throw new ScenarioStoppedError(this.#verdict);
    if (isPattern(member)) return toAnswer(await this.play(member, said), said);
    this.coordinator.join(member);
    const { from: asker, content: question, callId: cause, history, handoffs, signal, answerFor } = said;
    const { deadlineMs = this.#options.deadlineMs } = said;
    const outgoing = { from: asker, to: member.id, content: question, callId: cause };
    const delivery = this.coordinator.post({ ...outgoing, history, handoffs, deadlineMs, signal });
    if (answerFor !== undefined) this.#answerFor.set(delivery.id, answerFor);
    const reply = await delivery.reply;
    const { content, callId, answeredBy: from = delivery.to } = reply;
    this.last = { content, from, callId, reply };
    return this.last;
  }

  tell(to: string, { from, content, callId }: Task): void {
    this.coordinator.post({ from, to, content, callId, onlyHeard: true });
  }

  play(pattern: Pattern, task: Task): Promise<PatternResult> {
    for (const agent of pattern.agents) this.coordinator.join(agent);
    return pattern.play(task, this);
  }

  async step<T extends JsonValue>(_name: string, work: () => T | Promise<T>): Promise<T> {
    return work();
  }

  async now(): Promise<Date> {
    const clock = this.#options.clock ?? { now: () => new Date() };
    return new Date(await this.step('now', () => clock.now().toISOString()));
  }

  random(name: string): () => number {
    const known = this.#randoms.get(name) ?? randomFrom(this.#seed, name);
    this.#randoms.set(name, known);
    return known;
  }

  /** The scenario as a whole is to stop; what is being said is said to its end. */
  stop(verdict: Verdict): void {
    this.#verdict ??= verdict;
  }

  /** Ends everything at once. */
  close(reason: unknown): void {
    this.#controller.abort(reason);
    this.coordinator.close(reason);
  }

  /** Tells of turns whose answers went nowhere. */
  async flush(): Promise<void> {
    for (const speaker of [...this.#ended.keys()]) await this.#endTurn(speaker);
  }

  /** Gives an agent the floor. */
  async #takeTurn(agent: Agent, message: IncomingMessage, asked: RunnerOptions): Promise<AgentReply> {
    const { messageId } = asked;
    const to = this.#answerFor.get(messageId);
    this.#answerFor.delete(messageId);
    const turn = ++this.#turns;
    const speaker = agent.id;
    await this.flush();
    await this.#tell({ type: 'turn-start', turn, speaker, to, thought: false });
    asked.signal.throwIfAborted();
    const onText = (text: string) => this.#tell({ type: 'text-delta', turn, speaker, text });
    const reply = await this.#runner.respond(agent, message, { ...asked, onText });
    this.totals.add(reply);
    this.#ended.set(speaker, { turn, speaker, reply });
    return reply;
  }

  #endTurn(speaker: string): Promise<void> | undefined {
    const ended = this.#ended.get(speaker);
    if (ended === undefined) return undefined;
    this.#ended.delete(speaker);
    return this.#tell({ type: 'turn-end', ...ended });
  }

  #watch(event: CoordinatorEvent): void {
    if (event.type === 'failed') {
      const { agent, messageId, error, action } = event;
      this.#tell({ type: 'agent-failed', agent, messageId, error, action });
      return;
    }
    const { id, from, to, content, callId } = event.message;
    if (event.type === 'delivered') {
      this.totals.messages++;
      this.#tell({
        type: 'message',
        message: { id, from, to, content, ...(callId !== undefined && { callId }) },
      });
      // Its answer is on its way.
      this.#endTurn(from);
    } else if (event.status !== 'handled') {
      const { status, reason } = event;
      this.#tell({
        type: 'message-lost',
        message: { id, from, to },
        status,
        ...(reason !== undefined && { reason }),
      });
    }
  }

  #failed(agent: string, error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    this.stop({ reason: 'agent_failed', detail: `${agent} has failed: ${why}`, error });
    this.close(error);
  }
}

function toAnswer({ content, from, callId, reply }: PatternResult, said: Said): Answer {
  return { content, from: from ?? said.from, callId, reply: reply ?? { content } };
}
