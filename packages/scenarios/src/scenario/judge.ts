import type { AgentReply } from '@pd/agents';
import type { Clock } from '@pd/llm-client';
import { createProgressWatch, type ProgressWatch } from '../progress/create-progress-watch.ts';
import type { ProgressVerdict } from '../progress/progress-verdict.ts';
import type { Moment } from '../stop/moment.ts';
import type { StopState } from '../stop/stop-condition.ts';
import { LONGEST_TIMER_MS } from '../system-clock.ts';
import type { PlayOptions } from './play-options.ts';
import type { Verdict } from './scene.ts';
import type { Totals } from './totals.ts';

/** A turn that is over, as it is judged. */
export interface JudgedTurn {
  from: string;
  to: string | undefined;
  reply: AgentReply;
}

/** Says when a scenario is to stop: by its condition, or because it goes round in circles. */
export class Judge {
  readonly #totals: Totals;
  readonly #clock: Pick<Required<Clock>, 'monotonicMs' | 'after'>;
  readonly #begunMs: number;
  readonly #condition: StopState | undefined;
  readonly #watch: ProgressWatch | undefined;
  readonly #stop: (verdict: Verdict) => void;
  #endTimer = () => {};
  #endSubscription = () => {};

  /** @param stop told once, when the scenario is to stop */
  constructor(
    { stop: condition, progress = {} }: Pick<PlayOptions, 'stop' | 'progress'>,
    totals: Totals,
    clock: Pick<Required<Clock>, 'monotonicMs' | 'after'>,
    stop: (verdict: Verdict) => void,
  ) {
    this.#totals = totals;
    this.#clock = clock;
    this.#begunMs = clock.monotonicMs();
    this.#condition = condition?.begin({ now: () => clock.monotonicMs() });
    this.#watch = progress === false ? undefined : createProgressWatch(progress);
    this.#stop = stop;
    this.#endSubscription = this.#condition?.subscribe(() => this.#check()) ?? this.#endSubscription;
    this.#setTimer();
  }

  /** Judges a turn that is over; returns what the agents are to be told about it. */
  see({ from, to, reply }: JudgedTurn): ProgressVerdict | undefined {
    const { content, answeredBy, toolRuns } = reply;
    const handed = answeredBy !== undefined && answeredBy !== from ? { handedTo: answeredBy } : {};
    this.#check({ from, to, content, ...handed });
    const progress = this.#watch?.see({ from, to, content, toolRuns });
    if (progress?.type !== 'stop') return progress;
    this.#stop({ reason: progress.reason, detail: progress.text });
    return undefined;
  }

  end(): void {
    this.#endTimer();
    this.#endSubscription();
  }

  #check(last?: Moment['last']): void {
    if (this.#condition === undefined) return;
    const { turns, messages, usage, costUsd } = this.#totals;
    const verdict = this.#condition.check({
      turns,
      messages,
      usage: usage === undefined ? NOTHING : toCounts(usage),
      costUsd,
      elapsedMs: this.#clock.monotonicMs() - this.#begunMs,
      last,
    });
    if (verdict !== undefined) this.#stop(verdict);
    this.#setTimer();
  }

  /** Rings when the condition becomes true by itself. */
  #setTimer(): void {
    this.#endTimer();
    const deadlineMs = this.#condition?.deadlineMs();
    if (deadlineMs === undefined) return;
    const ms = Math.min(Math.max(deadlineMs - this.#clock.monotonicMs(), 0), LONGEST_TIMER_MS);
    this.#endTimer = this.#clock.after(ms, () => this.#check());
  }
}

const NOTHING = { inputTokens: 0, outputTokens: 0 };

/** Tokens that a provider did not count are not known. */
function toCounts({ inputTokens, outputTokens }: NonNullable<AgentReply['usage']>): Moment['usage'] {
  if (inputTokens === undefined || outputTokens === undefined) return undefined;
  return { inputTokens, outputTokens };
}
