import { describe, expect, it } from 'vitest';
import { type Finding, JournalCheck } from './journal-check.ts';

const header = {
  type: 'segment.start',
  schema_version: 1,
  run_id: 'r',
  segment: 'root',
  host: 'h',
  pid: 1,
  writer: 'w',
};
const start = (call_id: string, more: object = {}) => ({
  type: 'call.start',
  call_id,
  agent_id: 'a',
  agent_source: 'explicit',
  operation: 'chat',
  provider: 'p',
  model: 'm',
  messages: [],
  ...more,
});
const end = (call_id: string) => ({ type: 'call.end', call_id, status: 'ok' });
const runEnd = { type: 'run.end', status: 'completed' };
/** Records in sequence; text stands for itself and takes no place in it. */
const lines = (...records: (object | string)[]) => {
  let seq = 0;
  return records.map((record) =>
    typeof record === 'string' ? record : JSON.stringify({ seq: seq++, at: 't', ...record }),
  );
};

function check(given: string[], { alive = false, rest = '' } = {}): Finding[] {
  const findings: Finding[] = [];
  const journal = new JournalCheck((finding) => findings.push(finding));
  for (const line of given) journal.push(line);
  journal.push(rest, true);
  journal.end(() => alive);
  return findings;
}
const kinds = (findings: Finding[]) => findings.map(({ kind, line }) => `${kind} ${line ?? ''}`.trim());

describe('JournalCheck', () => {
  it('has nothing to say of a whole run', () => {
    expect(check(lines(header, start('c'), end('c'), runEnd))).toEqual([]);
  });

  it('finds a gap, and says which records are missing', () => {
    const [first = '', , , last = ''] = lines(header, start('c'), end('c'), runEnd);
    const found = check([first, last]);
    expect(kinds(found)).toEqual(['gap 2']);
    expect(found[0]).toMatchObject({ loss: true, message: 'records 1 to 2 missing before this line' });
  });

  it('counts a damaged line once, not as a gap as well', () => {
    const [first = '', , last = ''] = lines(header, { type: 'message' }, runEnd);
    expect(kinds(check([first, '{"seq":1,"ty', last]))).toEqual(['damaged_line 2']);
  });

  it('calls a record without what it needs damaged, and says what', () => {
    const found = check(lines(header, { type: 'call.end', call_id: 'c' }));
    expect(found).toMatchObject([{ kind: 'damaged_line', message: 'a call.end without status' }]);
  });

  it('only notes a last record that broke off, unless the log had been closed', () => {
    expect(check(lines(header), { rest: '{"seq":1' })).toMatchObject([
      { kind: 'torn_line', loss: false, line: 2 },
    ]);
    expect(check(lines(header, runEnd), { rest: '{"seq":2' })).toMatchObject([{ loss: true }]);
  });

  it('finds records out of order and a missing header', () => {
    expect(kinds(check(lines(header, runEnd).reverse()))).toEqual(['no_header 1', 'gap 1', 'out_of_order 2']);
  });

  it('finds messages that are not stored or not what their hash says, and history that is not there', () => {
    const messages = [{ hash: 'x' }, { hash: 'y', message: { role: 'user' } }, { hash: 'y' }];
    const history = { call_id: 'before', take: 2 };
    const found = check(lines(header, start('c', { messages, history }), end('c'), runEnd));
    expect(kinds(found)).toEqual(['missing_message 2', 'altered_message 2', 'missing_history 2']);
    expect(found.every(({ loss }) => loss)).toBe(true);
  });

  it('notes what has no call, a second beginning and a second ending', () => {
    const found = check(lines(header, end('x'), start('c'), start('c'), end('c'), end('c'), runEnd));
    expect(kinds(found)).toEqual(['orphan 2', 'orphan 4', 'orphan 6']);
    expect(found.some(({ loss }) => loss)).toBe(false);
  });

  it('notes calls without an ending, unless their process lives', () => {
    expect(check(lines(header, start('c')))).toMatchObject([
      { kind: 'interrupted_call', line: 2, loss: false },
    ]);
    expect(check(lines(header, start('c')), { alive: true })).toEqual([]);
  });

  it('tells what the writer had to drop', () => {
    const audit = { type: 'audit', dropped: 3, redactions: 0, logger_errors: 0, log_overhead_us: 0 };
    expect(check(lines(header, audit, runEnd))).toMatchObject([{ kind: 'dropped', loss: true }]);
  });

  it('passes over records it does not know', () => {
    expect(check(lines(header, { type: 'later' }, runEnd))).toEqual([]);
  });
});
