import { type CallEnding, callEndingSchema, type RunEnding, runEndingSchema } from '../schema/common.ts';
import type { RecordedEventOf } from '../schema/events.ts';
import type { Totals } from '../schema/tree.ts';
import { isUnpriced } from '../tree/totals.ts';

/** The beginning of a line as our writer writes it; tells what it is without parsing the rest. */
const beginning = /^\{"seq":\d+,"type":"([a-z.]+)","at":"([^"]{1,40})"/;
/** Tells that a call goes on, in a segment in which it need not have begun. */
const goesOn = /^\{"seq":\d+,"type":"(?:attempt|call|tool)\.[a-z]+","at":"[^"]{1,40}","call_id":"([^"\\]+)"/;
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
  /** Whole records. */
  records: number;
  /** How the run ended, if this segment says so. */
  end?: { status: RunEnding; at: string };
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
  /** Calls without an ending, and the segment that has told of them last. */
  readonly #open = new Map<string, Segment>();
  /** Of calls that began in a segment that comes later: who has told of them, and their ending. */
  readonly #early = new Map<string, { segment: Segment; end?: Fields }>();
  #segment: Segment = { ended: false, records: 0 };
  #isRoot = true;
  /** The segments that have owned the run one after the other, the root first. */
  readonly #owners: Segment[] = [this.#segment];
  name: string | undefined;
  started: string | undefined;
  /** Time of the last record. */
  lastAt: string | undefined;
  records = 0;

  /**
   * The lines that follow are those of another process.
   *
   * @param owns whether it has owned the run after those before it; the root is first in any case
   */
  beginSegment(owns = false): Segment {
    this.#isRoot = this.records === 0;
    this.#segment = { ended: false, records: 0 };
    if (owns) this.#owners.push(this.#segment);
    return this.#segment;
  }

  /** Whoever has owned the run last. */
  get owner(): Segment | undefined {
    return this.#owners.findLast(({ records }) => records > 0) ?? this.#owners[0];
  }

  /** How the run ended, if it did. */
  get ended(): { status: RunEnding; at: string } | undefined {
    return this.owner?.end;
  }

  /** Whether another one has owned the run after this segment. */
  isReplaced(segment: Segment): boolean {
    return segment !== this.owner && this.#owners.includes(segment);
  }

  /** Calls that never got an ending. @param isOpen whether those of a segment may still get one */
  interruptedCalls(isOpen: (segment: Segment) => boolean): number {
    return [...this.#open.values()].filter((segment) => !isOpen(segment)).length;
  }

  push(line: string): void {
    const [, type, at] = beginning.exec(line) ?? [];
    if (type !== undefined && !counted.has(type)) {
      this.#counted();
      this.lastAt = at;
      if (!this.#isRoot) this.#goOn(type, line);
      return;
    }
    const [, , call_id, agent_id] = (type === 'call.start' && call.exec(line)) || [];
    const record = call_id === undefined ? parse(line) : { type, at, call_id, agent_id };
    if (record === undefined) return;
    this.#counted();
    if (typeof record.at === 'string') this.lastAt = record.at;
    this.#count(record);
  }

  #counted(): void {
    this.records++;
    this.#segment.records++;
  }

  /** A call that began in another segment goes on in this one: who has told of it last may still end it. */
  #goOn(type: string, line: string): void {
    if (type.startsWith('tool.') && !this.#owners.includes(this.#segment)) return;
    const [, id = parse(line)?.call_id] = goesOn.exec(line) ?? [];
    if (typeof id !== 'string') return;
    if (this.#open.has(id)) this.#open.set(id, this.#segment);
    else if (!this.#early.get(id)?.end) this.#early.set(id, { segment: this.#segment });
  }

  #count(record: Fields): void {
    switch (record.type) {
      case 'segment.start':
        this.#segment.header ??= record as RecordedEventOf<'segment.start'>;
        return;
      case 'audit':
        // Who owns the run still has its run.end to come.
        this.#segment.ended ||= !this.#owners.includes(this.#segment);
        return;
      case 'run.start':
        if (this.started !== undefined) return;
        this.started = this.lastAt;
        if (typeof record.name === 'string') this.name = record.name;
        return;
      case 'run.end':
        this.#segment.ended = true;
        if (runEndings.has(record.status))
          this.#segment.end ??= { status: record.status as RunEnding, at: this.lastAt ?? '' };
        return;
      case 'call.start':
        if (typeof record.call_id !== 'string' || this.#open.has(record.call_id)) return;
        this.#open.set(record.call_id, this.#segment);
        this.agents.add(String(record.agent_id));
        this.totals.calls++;
        this.#takeEarly(record.call_id);
        return;
      case 'call.end':
        if (!callEndings.has(record.status)) return;
        if (this.#open.delete(String(record.call_id))) this.#end(record);
        else if (!this.#isRoot && !this.#early.get(String(record.call_id))?.end)
          this.#early.set(String(record.call_id), { segment: this.#segment, end: record });
    }
  }

  /** What segments before this one have told of a call that begins only here. */
  #takeEarly(id: string): void {
    const early = this.#early.get(id);
    if (early === undefined || early.segment === this.#segment) return;
    this.#early.delete(id);
    this.#open.set(id, early.segment);
    if (early.end !== undefined && this.#open.delete(id)) this.#end(early.end);
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
