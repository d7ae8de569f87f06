import { type CallEnding, callEndingSchema, type RunEnding, runEndingSchema } from '../schema/common.ts';
import type { RecordedEventOf } from '../schema/events.ts';
import type { Totals } from '../schema/tree.ts';
import { isUnpriced } from '../tree/totals.ts';

/** The beginning of a line as our writer writes it; tells what it is without parsing the rest. */
const beginning = /^\{"seq":\d+,"type":"([a-z.]+)","at":"([^"]{1,40})"/;
/** The same of a call's beginning, which is most of a journal's bytes. */
const call =
  /^\{"seq":\d+,"type":"call\.start","at":"([^"]{1,40})","call_id":"([^"\\]+)","agent_id":"([^"\\]*)",.*\}$/s;
const counted: ReadonlySet<string> = new Set([
  'segment.start',
  'run.start',
  'audit',
  'call.start',
  'call.end',
  'run.end',
]);
const callEndings: ReadonlySet<unknown> = new Set(callEndingSchema.options);
const runEndings: ReadonlySet<unknown> = new Set(runEndingSchema.options);

/** One process's part of the run. */
export interface Segment {
  header?: RecordedEventOf<'segment.start'>;
  /** Its log was closed. */
  ended: boolean;
}

type Fields = { [field: string]: unknown };

/**
 * Counts a run as its lines come in, without keeping its content: what lists of runs show. Agrees with the
 * totals of the tree, at a fraction of its cost.
 */
export class SummaryFold {
  readonly totals: Omit<Totals, 'attempts'> = {
    calls: 0,
    errors: 0,
    input_tokens: 0,
    output_tokens: 0,
    unpriced_calls: 0,
  };
  /** Those who have asked. */
  readonly agents = new Set<string>();
  /** Calls without an ending, and the segment they are in. */
  readonly #open = new Map<string, Segment>();
  #segment: Segment = { ended: false };
  name: string | undefined;
  started: string | undefined;
  ended: { status: RunEnding; at: string } | undefined;
  /** Time of the last record. */
  lastAt: string | undefined;
  records = 0;

  /** The lines that follow are those of another process. */
  beginSegment(): Segment {
    this.#segment = { ended: false };
    return this.#segment;
  }

  /** Calls that never got an ending. @param isOpen whether those of a segment may still get one */
  interruptedCalls(isOpen: (segment: Segment) => boolean): number {
    return [...this.#open.values()].filter((segment) => !isOpen(segment)).length;
  }

  push(line: string): void {
    const [, type, at] = beginning.exec(line) ?? [];
    if (type !== undefined && !counted.has(type)) {
      this.records++;
      this.lastAt = at;
      return;
    }
    const [, , call_id, agent_id] = (type === 'call.start' && call.exec(line)) || [];
    const record = call_id === undefined ? parse(line) : { type, at, call_id, agent_id };
    if (record === undefined) return;
    this.records++;
    if (typeof record.at === 'string') this.lastAt = record.at;
    this.#count(record);
  }

  #count(record: Fields): void {
    switch (record.type) {
      case 'segment.start':
        this.#segment.header ??= record as RecordedEventOf<'segment.start'>;
        return;
      case 'audit':
        // The root segment still has its run.end to come.
        this.#segment.ended ||= this.#segment.header?.segment !== 'root';
        return;
      case 'run.start':
        if (this.started !== undefined) return;
        this.started = this.lastAt;
        if (typeof record.name === 'string') this.name = record.name;
        return;
      case 'run.end':
        this.#segment.ended = true;
        if (runEndings.has(record.status))
          this.ended ??= { status: record.status as RunEnding, at: this.lastAt ?? '' };
        return;
      case 'call.start':
        if (typeof record.call_id !== 'string' || this.#open.has(record.call_id)) return;
        this.#open.set(record.call_id, this.#segment);
        this.agents.add(String(record.agent_id));
        this.totals.calls++;
        return;
      case 'call.end':
        if (callEndings.has(record.status) && this.#open.delete(String(record.call_id))) this.#end(record);
    }
  }

  #end({ status, usage, cost_usd, reply }: Fields): void {
    const { totals } = this;
    const { input_tokens, output_tokens } = (usage ?? {}) as Fields;
    if (status !== 'ok' && status !== 'aborted') totals.errors++;
    if ((reply as Fields | null | undefined)?.cached !== true) {
      totals.input_tokens += numberOr0(input_tokens);
      totals.output_tokens += numberOr0(output_tokens);
    }
    if (typeof cost_usd === 'number') totals.cost_usd = (totals.cost_usd ?? 0) + cost_usd;
    else if (isUnpriced(status as CallEnding, { input_tokens, output_tokens })) totals.unpriced_calls++;
  }
}

function parse(line: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'type' in value ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}

function numberOr0(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
