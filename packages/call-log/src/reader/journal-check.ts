import { hash } from 'node:crypto';
import { findReferences } from '../blob/find-references.ts';
import { SCHEMA_VERSION } from '../schema/events.ts';
import { missingFields } from './required-fields.ts';
import { type Stored, storedTexts } from './stored-texts.ts';

/** What can be wrong with the files of a run. */
export type FindingKind =
  | 'no_header'
  | 'unsupported_version'
  | 'damaged_line'
  | 'torn_line'
  | 'gap'
  | 'out_of_order'
  | 'dropped'
  | 'missing_message'
  | 'altered_message'
  | 'missing_history'
  | 'missing_blob'
  | 'altered_blob'
  | 'unreferenced_blob'
  | 'orphan'
  | 'interrupted_call'
  | 'stale_snapshot'
  | 'unreadable_snapshot'
  | 'no_journal';

/** One thing that is wrong. */
export interface Finding {
  kind: FindingKind;
  /** Something that was on record, or should be, cannot be read any more. The rest is worth knowing. */
  loss: boolean;
  /** File of another process than the first. */
  segment?: string;
  /** Line of that file, from 1; absent when it is about the whole file. */
  line?: number;
  message: string;
}

type Fields = { [field: string]: unknown };

/** What is remembered of a call: about 100 bytes once it is over. */
interface CallState {
  line: number;
  agent: string;
  /** Chat messages of its request, the referred-to ones included. */
  messages: number;
  open: boolean;
  /** The segment that has told of it last. */
  teller: JournalCheck;
  attempts: Map<unknown, 'open' | 'ended'> | undefined;
}

/**
 * Checks a segment line by line. Keeps the ids of calls and the hashes of messages, never their content.
 *
 * @see docs/log-format.md
 */
export class JournalCheck {
  readonly #report: (finding: Finding) => void;
  readonly #calls = new Map<string, CallState>();
  /** Whether the segment has owned the run: the root, or one that continued it. */
  readonly #owns: boolean;
  /** Records of calls that did not begin here, which may have begun in another segment. */
  readonly #strangers: { record: Fields; line: number }[] = [];
  readonly #stored = new Set<string>();
  /** The blobs that are referred to, by their hash: where first. */
  readonly blobs = new Map<string, { line: number; bytes: number }>();
  #line = 0;
  #nextSeq = 0;
  /** Damaged lines since the last whole record: their places in the sequence are no gap. */
  #unread = 0;
  #dropped = 0;
  header: Fields | undefined;
  /** Its log was closed. */
  closed = false;
  /** How the run ended, if this segment says so. */
  ending: string | undefined;
  /** Whole records of known kinds. */
  records = 0;
  damaged = 0;
  /** Of the file, told by who reads it. */
  bytes = 0;

  /** @param owns whether the segment has owned the run: the root, or one that continued it */
  constructor(report: (finding: Finding) => void, owns = true) {
    this.#report = report;
    this.#owns = owns;
  }

  /** @param last what stands after the last line end; half a record there is one whose writer died before it was acknowledged */
  push(text: string, last = false): void {
    if (last && text === '') return;
    this.#line++;
    if (text === '') return;
    const record = parse(text);
    const missing = record === undefined ? [] : missingFields(record);
    if (record === undefined || missing === undefined || missing.length > 0) {
      if (missing !== undefined) this.#damage(last, record, missing);
      else this.#sequence(record?.seq);
      return;
    }
    this.records++;
    if (this.records === 1 && this.damaged === 0 && record.type !== 'segment.start')
      this.#find('no_header', true, 'the journal does not begin with its header');
    this.#sequence(record.seq);
    // Most lines have none, and in JSON nothing else looks like this key.
    if (text.includes('"$blob"')) this.#blobs(record);
    this.#check(record, text);
  }

  /** Finds a place for what this segment tells of calls that began in others; what has none is an orphan. */
  settle(others: readonly JournalCheck[]): void {
    for (const { record, line } of this.#strangers) {
      const home = others.find((other) => other.#calls.has(String(record.call_id)));
      if (home === undefined || !home.#belongs(record, this)) this.#findOrphan(record, line);
    }
  }

  /** @param isWriting whether the process that writes a segment still runs: then calls of it may be open */
  end(isWriting: (segment: JournalCheck) => boolean): void {
    if (this.records > 0 && this.header === undefined && this.damaged > 0)
      this.#report({ kind: 'no_header', loss: true, message: 'the header of the journal is damaged' });
    if (this.#dropped > 0)
      this.#report({
        kind: 'dropped',
        loss: true,
        message: `its writer counted ${records(this.#dropped)} that could not be written`,
      });
    for (const [id, { open, agent, line, teller }] of this.#calls)
      if (open && !isWriting(teller))
        this.#report({
          kind: 'interrupted_call',
          loss: false,
          line,
          message: `call ${id} of ${agent} has no ending`,
        });
  }

  #check(record: Fields, text: string): void {
    switch (record.type) {
      case 'segment.start':
        this.#header(record);
        return;
      case 'run.end':
        this.closed = true;
        this.ending ??= String(record.status);
        return;
      case 'audit':
        // Who owns the run still has its run.end to come.
        this.closed ||= !this.#owns;
        this.#dropped = Number(record.dropped);
        return;
      case 'call.start':
        this.#callStart(record, text);
        return;
      case 'attempt.start':
      case 'attempt.end':
      case 'call.progress':
      case 'call.end':
      case 'tool.start':
      case 'tool.end':
        if (this.header?.segment !== 'root' && !this.#calls.has(String(record.call_id)))
          this.#strangers.push({ record: toPlace(record), line: this.#line });
        else if (!this.#belongs(record, this)) this.#findOrphan(record, this.#line);
    }
  }

  #findOrphan({ type, call_id }: Fields, line: number): void {
    const message = `${type} has no place in call ${call_id}`;
    this.#report({ kind: 'orphan', loss: false, line, message });
  }

  #blobs(record: Fields): void {
    for (const { $blob } of findReferences(record))
      if (!this.blobs.has($blob.sha256))
        this.blobs.set($blob.sha256, { line: this.#line, bytes: $blob.bytes });
  }

  #header(record: Fields): void {
    this.header ??= record;
    if (Number(record.schema_version) > SCHEMA_VERSION)
      this.#find('unsupported_version', true, `written in format ${record.schema_version}, newer than this`);
  }

  #callStart({ call_id, agent_id, messages, history }: Fields, text: string): void {
    const id = String(call_id);
    const stored = (messages as unknown[]).map((message) => (message ?? {}) as Stored);
    const texts = storedTexts(text, stored);
    stored.forEach((message, i) => {
      this.#message(id, message, texts[i]);
    });
    const take = history === undefined ? 0 : this.#history(id, history as Fields);
    if (this.#calls.has(id)) {
      this.#find('orphan', false, `call ${id} begins a second time`);
      return;
    }
    this.#calls.set(id, {
      line: this.#line,
      agent: String(agent_id),
      messages: take + stored.length,
      open: true,
      teller: this,
      attempts: undefined,
    });
  }

  #message(callId: string, { hash: name, message }: Stored, text: string | undefined): void {
    if (message === undefined) {
      if (!this.#stored.has(String(name)))
        this.#find('missing_message', true, `call ${callId} refers to a message that is not stored, ${name}`);
      return;
    }
    this.#stored.add(String(name));
    const isWhole = text !== undefined && sha256(text) === name;
    if (!isWhole && sha256(JSON.stringify(message)) !== name)
      this.#find(
        'altered_message',
        true,
        `call ${callId} stores a message that does not have the hash ${name}`,
      );
  }

  #history(callId: string, { call_id, take }: Fields): number {
    const before = this.#calls.get(String(call_id));
    if (before === undefined || Number(take) > before.messages)
      this.#find(
        'missing_history',
        true,
        `call ${callId} refers to ${take} messages of call ${call_id}, which has ${before?.messages ?? 'none on record'}`,
      );
    return Number(take);
  }

  /** The rules of the fold: what these say `false` to is an orphan in the tree. */
  #belongs({ type, call_id, number }: Fields, teller: JournalCheck): boolean {
    const call = this.#calls.get(String(call_id));
    if (call === undefined) return false;
    if (!String(type).startsWith('tool.') || teller.#owns) call.teller = teller;
    switch (type) {
      case 'call.end': {
        const was = call.open;
        call.open = false;
        if (![...(call.attempts?.values() ?? [])].includes('open')) call.attempts = undefined;
        return was;
      }
      case 'attempt.start':
        if (!call.open || call.attempts?.has(number)) return false;
        call.attempts ??= new Map();
        call.attempts.set(number, 'open');
        return true;
      case 'attempt.end': {
        const was = call.attempts?.get(number) === 'open';
        call.attempts?.set(number, 'ended');
        return was;
      }
      default:
        return true;
    }
  }

  #sequence(seq: unknown): void {
    if (typeof seq !== 'number') return;
    const missing = seq - this.#nextSeq;
    if (missing < 0)
      this.#find('out_of_order', true, `record ${seq} comes after record ${this.#nextSeq - 1}`);
    else if (missing > this.#unread) {
      const range = missing === 1 ? `record ${seq - 1}` : `records ${this.#nextSeq} to ${seq - 1}`;
      const unread = this.#unread > 0 ? `, ${this.#unread} of them damaged` : '';
      this.#find('gap', true, `${range} missing before this line${unread}`);
    }
    this.#nextSeq = Math.max(this.#nextSeq, seq + 1);
    this.#unread = 0;
  }

  #damage(last: boolean, record: Fields | undefined, missing: readonly string[]): void {
    this.damaged++;
    this.#unread++;
    // Nobody was told that this record is on disk, so nothing that was promised is lost.
    if (last && record === undefined && !this.closed)
      this.#find('torn_line', false, 'the last record broke off when its writer ended');
    else if (record === undefined) this.#find('damaged_line', true, 'not a whole record');
    else this.#find('damaged_line', true, `a ${record.type} without ${missing.join(', ')}`);
  }

  #find(kind: FindingKind, loss: boolean, message: string): void {
    this.#report({ kind, loss, line: this.#line, message });
  }
}

/** What has to be known of a record to find its place. */
function toPlace({ type, call_id, number }: Fields): Fields {
  return { type, call_id, number };
}

function sha256(text: string): string {
  return hash('sha256', text, 'base64url');
}

function parse(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isRecord = typeof value === 'object' && value !== null && 'type' in value;
    return isRecord && typeof value.type === 'string' ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}

function records(count: number): string {
  return count === 1 ? '1 record' : `${count} records`;
}
