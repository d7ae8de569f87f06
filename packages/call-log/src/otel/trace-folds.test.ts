import { describe, expect, it } from 'vitest';
import { agentSpan, chatSpan, span } from '../../test/spans.ts';
import type { LogEvent } from '../schema/logger-events.ts';
import { readSpan } from './read-span.ts';
import type { Span } from './span.ts';
import { TraceFolds } from './trace-folds.ts';

const nodes = (...spans: Span[]) => spans.map(readSpan);
const kinds = (events: LogEvent[]) =>
  events.map(({ type }) => type).filter((type) => !type.startsWith('attempt.'));
const owners = (events: LogEvent[]) =>
  events.flatMap((event) => (event.type === 'call.start' ? (event.agent?.id ?? 'nobody') : []));

const root = agentSpan('lead', { id: 'root', from: 0, to: 100 });
const call = chatSpan({ id: 'call', parent: 'root', from: 1 });
const whole = ['run.start', 'agent.start', 'call.start', 'call.end', 'run.end'];

describe('spans one by one', () => {
  it('wait for those around them where nobody tells that they have begun', () => {
    const folds = new TraceFolds();
    expect(folds.end(nodes(call))).toEqual([]);
    expect(kinds(folds.end(nodes(root)))).toEqual(whole);
    expect(folds.close()).toEqual([]);
  });

  it('are given at once where that is known', () => {
    const folds = new TraceFolds();
    for (const node of nodes(root, call)) folds.open(node);
    expect(kinds(folds.end(nodes(call)))).toEqual(['run.start', 'agent.start', 'call.start', 'call.end']);
    expect(kinds(folds.end(nodes(root)))).toEqual(['run.end']);
  });

  it('keep their agent when they end after the first span of their trace', () => {
    const folds = new TraceFolds();
    folds.end(nodes(call, root));
    const late = folds.end(nodes(chatSpan({ id: 'late', parent: 'root', from: 90, to: 200 })));
    expect(kinds(late)).toEqual(['call.start', 'call.end']);
    expect(owners(late)).toEqual(['lead']);
  });

  it('are given by a flush with what is known, and only once', () => {
    const folds = new TraceFolds();
    folds.end(nodes(call));
    const flushed = folds.flush();
    expect(owners(flushed)).toEqual(['nobody']);
    expect(folds.flush()).toEqual([]);
    expect(folds.end(nodes(call))).toEqual([]);
    expect(kinds(folds.end(nodes(root)))).toEqual(['agent.start', 'run.end']);
  });

  it('end their run as interrupted when the first span never ends', () => {
    const folds = new TraceFolds();
    for (const node of nodes(root, call)) folds.open(node);
    folds.end(nodes(call));
    expect(folds.close()).toMatchObject([{ type: 'run.end', status: 'interrupted' }]);
  });

  it('put a tool into the call around it, once that has ended', () => {
    const folds = new TraceFolds();
    const tool = span({
      id: 'tool',
      parent: 'call',
      attributes: { 'gen_ai.operation.name': 'execute_tool' },
    });
    for (const node of nodes(call, tool)) folds.open(node);
    folds.open(readSpan(root));
    expect(folds.end(nodes(tool))).toEqual([]);
    expect(kinds(folds.end(nodes(call))).slice(-4)).toEqual([
      'call.start',
      'tool.start',
      'tool.end',
      'call.end',
    ]);
  });
});

describe('what is kept', () => {
  it('of spans that wait is bounded: the oldest trace is given first', () => {
    const folds = new TraceFolds();
    const traces = Array.from({ length: 101 }, (_, trace) =>
      Array.from({ length: 100 }, (_, i) =>
        chatSpan({ id: `s${i}`, parent: 'never', traceId: String(trace).padStart(32, '0') }),
      ),
    );
    const given = traces.map((spans) => folds.end(nodes(...spans)).length > 0);
    expect(given).toEqual([...Array(100).fill(false), true]);
    expect(new Set(folds.flush().map(({ run_id }) => run_id)).size).toBe(100);
  });

  it('of spans that never end is bounded: the oldest trace is forgotten first', () => {
    const folds = new TraceFolds();
    const idOf = (trace: number) => `${trace}`.padStart(32, '0');
    for (let i = 0; i < 60_000; i++) folds.open({ traceId: idOf(i), id: 'root', name: 'never ends' });
    const within = (trace: number) => kinds(folds.end(nodes({ ...call, traceId: idOf(trace) })));
    expect(within(0)).toEqual([]);
    expect(within(59_999)).toEqual(['run.start', 'call.start', 'call.end']);
  });

  it('of a trace that goes on is bounded: what is on record is forgotten, what runs is not', () => {
    const folds = new TraceFolds();
    folds.open(readSpan(root));
    for (let i = 0; i < 60_000; i++) {
      const step = { traceId: root.traceId, id: `${i}`, parentId: 'root', name: 'step' };
      folds.end([step]);
    }
    expect(owners(folds.end(nodes(call)))).toEqual(['lead']);
  });
});
