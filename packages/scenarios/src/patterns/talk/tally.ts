import type { AgentReply } from '@pd/agents';
import type { Scene } from '../../scenario/scene.ts';
import { Totals } from '../../scenario/totals.ts';
import type { Moment } from '../../stop/moment.ts';
import type { StopCondition, StopState } from '../../stop/stop-condition.ts';
import type { StopVerdict } from '../../stop/stop-verdict.ts';

/** What a talk has come to so far, and whether its condition is true. */
export class Tally {
  readonly totals = new Totals();
  turns = 0;
  readonly #scene: Scene;
  readonly #stop: StopState | undefined;
  /** The time is asked, and put on record, only for a condition that depends on it. */
  readonly #isTimed: boolean;
  #messages = 1;
  #isMeasured = true;
  #isPriced = true;
  #startMs: number | undefined;
  #elapsedMs = 0;

  constructor(scene: Scene, stop: StopCondition | undefined) {
    this.#scene = scene;
    this.#stop = stop?.begin({ now: () => this.#elapsedMs });
    this.#isTimed = this.#stop?.deadlineMs() !== undefined;
  }

  /** The clock of its condition begins. */
  async begin(): Promise<void> {
    if (this.#isTimed) this.#startMs = (await this.#scene.now()).getTime();
  }

  /** Counts what an answer took. */
  spend(reply: AgentReply): void {
    const { callId, usage, costUsd } = reply;
    this.totals.add(reply);
    if (callId === undefined && usage === undefined) return;
    if (usage?.inputTokens === undefined || usage.outputTokens === undefined) this.#isMeasured = false;
    if (costUsd === undefined) this.#isPriced = false;
  }

  /** Something has been said: is that the end? */
  async check(last: NonNullable<Moment['last']>): Promise<StopVerdict | undefined> {
    this.#messages++;
    if (this.#stop === undefined) return undefined;
    if (this.#isTimed) this.#elapsedMs = (await this.#scene.now()).getTime() - (this.#startMs ?? 0);
    const { inputTokens = 0, outputTokens = 0 } = this.totals.usage ?? {};
    return this.#stop.check({
      turns: this.turns,
      messages: this.#messages,
      usage: this.#isMeasured ? { inputTokens, outputTokens } : undefined,
      costUsd: this.#isPriced ? this.totals.costUsd : undefined,
      elapsedMs: this.#elapsedMs,
      last,
    });
  }
}
