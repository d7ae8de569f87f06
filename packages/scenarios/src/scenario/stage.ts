import { randomUUID } from 'node:crypto';
import type { Agent, AgentReply, IncomingMessage } from '@pd/agents';
import type { JsonValue } from '@pd/call-log/schema';
import { localRunner, type RunnerOptions } from '../agent-runner.ts';
import { Coordinator, type CoordinatorOptions } from '../coordinator/coordinator.ts';
import type { CoordinatorEvent } from '../coordinator/coordinator-event.ts';
import { Suspension } from '../coordinator/suspension.ts';
import { ScenarioStoppedError } from '../errors/scenario-stopped-error.ts';
import { isPattern, type Member, type Pattern, type PatternResult, type Task } from '../patterns/pattern.ts';
import type { ProgressVerdict } from '../progress/progress-verdict.ts';
import { createRandom } from '../random.ts';
import { systemClock } from '../system-clock.ts';
import { Answering, type PeopleSay } from './answering.ts';
import { Judge } from './judge.ts';
import type { PlayOptions } from './play-options.ts';
import type { Resumed } from './resumed.ts';
import type { ScenarioEvent } from './scenario-event.ts';
import type { Waiting } from './scenario-outcome.ts';
import { ScenarioRecord } from './scenario-record.ts';
import type { Answer, Said, Scene, Verdict } from './scene.ts';
import { Totals } from './totals.ts';
import { toAnswer, withSignal } from './with-signal.ts';

/** Who tells agents that they go round in circles. */
const COORDINATOR = 'coordinator';

/** A turn that is over, until what came of it is on its way. */
interface EndedTurn {
  turn: number;
  speaker: string;
  reply: AgentReply;
}

/** What makes a run one that is done again, or forked. */
export interface StageOptions extends PlayOptions, PeopleSay {
  /** The run that is resumed. */
  resumed?: Resumed | undefined;
  /** The run that the scenario is recorded in. */
  run?: RunnerOptions['run'];
  /** As in the coordinator. */
  edit?: CoordinatorOptions['edit'];
}

/** A scene with everything behind it: who takes part, whose turn it is, what it has taken, whether it is to stop. */
export class Stage implements Scene {
  readonly coordinator: Coordinator;
  readonly totals = new Totals();
  readonly #options: StageOptions;
  readonly #record: ScenarioRecord;
  readonly #answering: Answering;
  readonly #judge: Judge;
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
  /** What the next speaker is to be told besides the message. */
  #nudge: ProgressVerdict | undefined;
  /** What it waits for. */
  readonly waiting: Waiting[] = [];
  /** The last answer there was. */
  last: Answer | undefined;

  /** @param tell tells the reader; what it returns resolves when the reader is ready for more, `undefined` when nobody reads */
  constructor(options: StageOptions, tell: (event: ScenarioEvent) => Promise<void> | undefined) {
    const { supervision, runner = localRunner, resumed, edit, faults } = options;
    const clock = { ...systemClock, ...options.clock };
    this.#options = options;
    this.#tell = tell;
    this.#record = new ScenarioRecord(options, resumed);
    this.#answering = new Answering(runner, this.#record, options);
    this.#judge = new Judge(options, this.totals, clock, (verdict) => this.stop(verdict));
    this.#seed = String(options.seed ?? randomUUID());
    this.coordinator = new Coordinator({
      ledger: this.#record.ledger,
      supervision,
      clock,
      edit,
      expired: (id) => this.#record.expired(id),
      faults,
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
    if (isPattern(member)) {
      const scene = said.signal === undefined ? this : withSignal(this, said.signal);
      return toAnswer(await scene.play(member, said), said);
    }
    this.coordinator.join(member);
    const { from: asker, content: question, callId: cause, history, handoffs, signal, answerFor } = said;
    const { deadlineMs = this.#options.deadlineMs } = said;
    const outgoing = { from: asker, to: member.id, content: question, callId: cause };
    const delivery = this.coordinator.post({ ...outgoing, history, handoffs, deadlineMs, signal });
    if (answerFor !== undefined) this.#answerFor.set(delivery.id, answerFor);
    // A message that never gets there has no turn that would take it out.
    const reply = await delivery.reply.finally(() => this.#answerFor.delete(delivery.id));
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

  step<T extends JsonValue>(name: string, work: () => T | Promise<T>): Promise<T> {
    return this.#record.step(name, work);
  }

  async now(): Promise<Date> {
    const { clock = systemClock } = this.#options;
    return new Date(await this.step('now', () => clock.now().toISOString()));
  }

  random(name: string): () => number {
    const known = this.#randoms.get(name) ?? createRandom(this.#seed, name);
    this.#randoms.set(name, known);
    return known;
  }

  /** The scenario as a whole is to stop; what is being said is said to its end. */
  stop(verdict: Verdict): void {
    this.#verdict ??= verdict;
  }

  /** Ends everything at once. */
  close(reason: unknown): void {
    this.#judge.end();
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
    const options = { ...asked, run: this.#options.run, onText };
    const asking = this.#answering.respond(agent, this.#nudged(message, speaker), options);
    const reply = await asking.catch((error) => this.#suspended(error));
    this.totals.add(reply);
    this.#nudge = this.#judge.see({ from: speaker, to: to ?? message.from, reply }) ?? this.#nudge;
    this.#ended.set(speaker, { turn, speaker, reply });
    return reply;
  }

  /** Somebody has to be waited for; what others are saying meanwhile is said to its end. */
  #suspended(error: unknown): never {
    if (error instanceof Suspension) {
      this.waiting.push(error.waiting);
      this.stop({ reason: 'waiting' });
    }
    throw error;
  }

  /** The message, with what has to be said to agents that go round in circles. */
  #nudged(message: IncomingMessage, speaker: string): IncomingMessage {
    const nudge = this.#nudge;
    if (nudge === undefined) return message;
    this.#nudge = undefined;
    this.#record.ledger.introduce({ id: COORDINATOR, role: 'program' });
    const id = this.#record.ledger.deliver({ from: COORDINATOR, to: speaker, content: nudge.text });
    this.#record.ledger.settle(id, 'handled');
    this.#tell({ type: 'nudge', to: speaker, reason: nudge.reason, text: nudge.text });
    return { ...message, content: `${message.content}\n\n${nudge.text}` };
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
