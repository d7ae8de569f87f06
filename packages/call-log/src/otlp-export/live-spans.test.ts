import { expect, it } from 'vitest';
import { callEnd, callStart } from '../../test/helpers.ts';
import { toPlainJson } from '../journal/to-plain-json.ts';
import type { Span } from '../otel/span.ts';
import { spansToTrees } from '../otlp/spans-to-trees.ts';
import type { LogEvent } from '../schema/logger-events.ts';
import { LiveSpans } from './live-spans.ts';

const at = '2026-11-22T10:00:00.000Z';

/** Live spans, and what they have sent so far. */
function startLive() {
  const sent: Span[] = [];
  const lost: string[] = [];
  const live = new LiveSpans({
    defaultRun: { id: 'default' },
    resource: {},
    plain: (fields) => toPlainJson(fields, (text) => text),
    redact: (text) => text,
    captureContent: true,
    messages: 'all',
    emit: (spans) => sent.push(...spans()),
    onLoss: (reason) => lost.push(reason),
  });
  const log = (event: LogEvent) => live.record({ ...event, at: event.at ?? at }, {});
  return { live, log, sent, lost };
}

it('the spans of a quiet run are sent while it goes on, and again only if something has happened', () => {
  const { live, log, sent } = startLive();
  log(callStart('c1', { agent: { id: 'a' } }));
  live.finishIdle(-1);
  expect(sent).toHaveLength(0);
  log(callEnd('c1'));
  live.finishIdle(60_000);
  expect(sent.map(({ name }) => name)).toEqual(['chat gpt-x']);
  live.finishIdle(-1);
  live.finishIdle(-1);
  expect(sent.map(({ name }) => name)).toEqual(['chat gpt-x', 'invoke_workflow default', 'invoke_agent a']);
  expect(spansToTrees(sent)).toMatchObject([{ run: { id: 'default', status: 'running' } }]);
  log(callStart('c2', { agent: { id: 'a' } }));
  log(callEnd('c2'));
  live.finish();
  // The last one of several copies counts.
  expect(spansToTrees(sent)).toMatchObject([
    { run: { status: 'completed', totals: { calls: 2 } }, agents: [{ calls: [{ id: 'c1' }, { id: 'c2' }] }] },
  ]);
});

it('runs at the same time keep apart, and the oldest of very many is sent', () => {
  const { live, log, sent } = startLive();
  for (let n = 0; n < 101; n++) {
    log(callStart(`c${n}`, { agent: { id: 'a' }, metadata: { run_id: `run-${n}` } }));
    log(callEnd(`c${n}`));
  }
  expect(spansToTrees(sent.filter(({ attributes }) => attributes['pd.kind'] === 'run'))).toMatchObject([
    { run: { id: 'run-0' } },
  ]);
  live.finish();
  const trees = spansToTrees(sent);
  expect(trees).toHaveLength(101);
  for (const [n, tree] of trees.entries())
    expect(tree).toMatchObject({ run: { id: `run-${n}` }, agents: [{ calls: [{ id: `c${n}` }] }] });
});

it('tools that run after their call have the times they had, whichever ends first', () => {
  const { log, sent } = startLive();
  const later = (seconds: number) => `2026-11-22T10:00:0${seconds}.000Z`;
  log(callStart('c', { agent: { id: 'a' } }));
  log(callEnd('c'));
  log({ type: 'tool.start', at: later(1), call_id: 'c', tool_call_id: 't1', name: 'slow' });
  log({ type: 'tool.start', at: later(2), call_id: 'c', tool_call_id: 't2', name: 'quick' });
  log({ type: 'tool.end', at: later(3), call_id: 'c', tool_call_id: 't2', status: 'ok', duration_ms: 1000 });
  log({
    type: 'tool.end',
    at: later(4),
    call_id: 'c',
    tool_call_id: 't1',
    status: 'error',
    duration_ms: 3000,
  });
  const nanos = (at: string) => `${Date.parse(at)}000000`;
  expect(sent.slice(1)).toMatchObject([
    { name: 'execute_tool quick', startTimeUnixNano: nanos(later(2)), endTimeUnixNano: nanos(later(3)) },
    { name: 'execute_tool slow', startTimeUnixNano: nanos(later(1)), endTimeUnixNano: nanos(later(4)) },
  ]);
  expect(spansToTrees(sent)[0]?.agents[0]?.calls[0]?.tool_calls.map(({ name }) => name)).toEqual([
    'slow',
    'quick',
  ]);
});

it('a call that is left open is interrupted with its attempts, and keeps its id', () => {
  const { live, log, sent, lost } = startLive();
  log(callStart('c', { agent: { id: 'a' } }));
  log({ type: 'attempt.start', call_id: 'c', number: 1, provider: 'p', model: 'm' });
  log(callStart('c', { agent: { id: 'b' } }));
  live.finish();
  expect(spansToTrees(sent)[0]?.agents).toMatchObject([
    { id: 'a', calls: [{ status: 'interrupted', attempts: [{ status: 'interrupted' }] }] },
    { id: 'b', calls: [] },
  ]);
  expect(lost).toEqual(['two calls have one id']);
});

it('what it does not export is no loss', () => {
  const { log, sent, lost } = startLive();
  log(callStart('c', { agent: { id: 'a' } }));
  log({ type: 'call.progress', call_id: 'c', text: 'so' });
  log({ type: 'log', level: 'info', message: 'hello' });
  expect({ sent, lost }).toEqual({ sent: [], lost: [] });
});

it('what has no call and what is too much is told', () => {
  const { log, lost } = startLive();
  log(callEnd('nowhere'));
  for (let n = 0; n < 5_001; n++)
    log({ type: 'message', message_id: `m${n}`, from: 'a', content: 'x', status: 'delivered' });
  expect(lost).toEqual([
    'a record of a call that is not known: call.end',
    'more messages in one run than are kept',
  ]);
});
