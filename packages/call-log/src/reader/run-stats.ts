import type { CallNode, RunTree, Totals } from '../schema/tree.ts';
import { addCall, emptyTotals } from '../tree/totals.ts';

/** The time within which half, 95 % and 99 % of the calls were done, in milliseconds (nearest rank). */
export interface Percentiles {
  p50: number;
  p95: number;
  p99: number;
}

/** The calls of one agent or of one model, added up. */
export interface StatsRow extends Totals {
  /** An agent's id, or `provider/model` as asked for. */
  name: string;
  /** Of the calls that ended well; absent when there is none. */
  latency_ms?: Percentiles;
  /** Of the streamed calls that ended well. */
  time_to_first_chunk_ms?: Percentiles;
}

/** What the calls of one or more runs add up to. */
export interface StatsReport {
  runs: number;
  agents: StatsRow[];
  models: StatsRow[];
}

/** Adds up runs, one tree at a time; keeps two numbers for every call. */
export class RunStats {
  readonly #agents = new Map<string, Tally>();
  readonly #models = new Map<string, Tally>();
  #runs = 0;

  add({ agents }: RunTree): void {
    this.#runs++;
    for (const { id, calls } of agents) {
      for (const call of calls) {
        tally(this.#agents, id, call);
        tally(this.#models, `${call.pre.provider}/${call.pre.model}`, call);
      }
    }
  }

  report(): StatsReport {
    return { runs: this.#runs, agents: rows(this.#agents), models: rows(this.#models) };
  }
}

interface Tally {
  totals: Totals;
  latencies: number[];
  firstChunks: number[];
}

function tally(all: Map<string, Tally>, name: string, call: CallNode): void {
  let sum = all.get(name);
  if (sum === undefined) {
    sum = { totals: emptyTotals(), latencies: [], firstChunks: [] };
    all.set(name, sum);
  }
  addCall(sum.totals, call);
  // A refusal that came at once would make a failing model look quick.
  if (call.status !== 'ok') return;
  if (call.duration_ms !== undefined) sum.latencies.push(call.duration_ms);
  if (call.time_to_first_chunk_ms !== undefined) sum.firstChunks.push(call.time_to_first_chunk_ms);
}

function rows(all: ReadonlyMap<string, Tally>): StatsRow[] {
  return [...all]
    .map(([name, { totals, latencies, firstChunks }]): StatsRow => {
      const latency = percentiles(latencies);
      const firstChunk = percentiles(firstChunks);
      return {
        name,
        ...totals,
        ...(latency && { latency_ms: latency }),
        ...(firstChunk && { time_to_first_chunk_ms: firstChunk }),
      };
    })
    .sort((a, b) => b.calls - a.calls || (a.name < b.name ? -1 : 1));
}

function percentiles(values: number[]): Percentiles | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
  return sorted.length === 0 ? undefined : { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
