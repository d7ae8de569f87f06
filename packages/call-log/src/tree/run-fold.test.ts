import { describe, expect, it } from 'vitest';
import { foldText, line, only } from '../../test/helpers.ts';
import { runTreeSchema } from '../schema/tree.ts';

const at = '2026-01-01T00:00:00.000Z';
const header = {
  seq: 0,
  at,
  type: 'segment.start',
  schema_version: 1,
  run_id: 'r',
  segment: 'root',
  host: 'h',
  pid: 1,
  writer: 'w',
};
const start = {
  seq: 1,
  at,
  type: 'call.start',
  call_id: 'c',
  agent_id: 'a',
  agent_source: 'explicit',
  operation: 'chat',
  provider: 'p',
  model: 'm',
  messages: [],
};
const end = { seq: 2, at, type: 'call.end', call_id: 'c', status: 'ok' };

const fold = (records: object[], alive = false) => foldText(records.map(line).join(''), alive);
const callOf = (records: object[], alive = false) => only(only(fold(records, alive).agents).calls);

describe('a run', () => {
  it.each([
    ['runs while its process lives', [header], true, 'running'],
    ['was interrupted when its process is gone', [header], false, 'interrupted'],
    [
      'ended as its record says, dead',
      [header, { seq: 1, at, type: 'run.end', status: 'failed' }],
      false,
      'failed',
    ],
    [
      'ended as its record says, alive',
      [header, { seq: 1, at, type: 'run.end', status: 'completed' }],
      true,
      'completed',
    ],
  ])('%s', (_, records, alive, status) => {
    expect(fold(records, alive).run.status).toBe(status);
  });

  it('shows what has no ending as open while it lives, and as interrupted afterwards', () => {
    const attempt = { seq: 2, at, type: 'attempt.start', call_id: 'c', number: 1, provider: 'p', model: 'm' };
    const tool = { seq: 3, at, type: 'tool.start', call_id: 'c', tool_call_id: 't', name: 'f' };
    const open = { status: 'open', attempts: [{ status: 'open' }], tool_calls: [{ status: 'open' }] };
    const interrupted = {
      status: 'interrupted',
      attempts: [{ status: 'interrupted' }],
      tool_calls: [{ status: 'interrupted' }],
    };
    expect(callOf([header, start, attempt, tool], true)).toMatchObject(open);
    expect(callOf([header, start, attempt, tool], false)).toMatchObject(interrupted);
    expect(callOf([header, start, attempt, tool, end], false)).toMatchObject({
      ...interrupted,
      status: 'ok',
    });
    expect(callOf([header, start, { seq: 9, at, type: 'run.end', status: 'completed' }], true).status).toBe(
      'interrupted',
    );
  });

  it('takes the first of two endings and two beginnings', () => {
    const tree = fold([
      header,
      { ...header, run_id: 'other' },
      { seq: 1, at, type: 'run.end', status: 'completed' },
      { seq: 2, at, type: 'run.end', status: 'failed' },
    ]);
    expect(tree.run).toMatchObject({ id: 'r', status: 'completed' });
    expect(fold([header, start, { ...start, model: 'other' }])).toMatchObject({
      agents: [{ calls: [{ pre: { model: 'm' } }] }],
      orphans: [{ model: 'other' }],
    });
  });

  it('has the unknown for unknown: no audit, no prices, no counts', () => {
    const tree = fold([header, start, end]);
    expect(tree.audit).toEqual({ events: 3, unpriced_calls: 1, damaged_lines: 0 });
    expect(tree.run.totals).not.toHaveProperty('cost_usd');
  });
});

describe('records', () => {
  it.each(['call.end', 'attempt.start', 'attempt.end', 'tool.start', 'tool.end', 'call.progress'])(
    'of no known call are orphans: %s',
    (type) => {
      const record = {
        seq: 1,
        at,
        type,
        call_id: 'nobody',
        number: 1,
        status: 'ok',
        provider: 'p',
        model: 'm',
        tool_call_id: 't',
        name: 'n',
        text: '',
      };
      expect(fold([header, record]).orphans).toEqual([record]);
    },
  );

  it('with fields from the future are read, and the fields do no harm', () => {
    const future = { id: 7, totals: 'x', calls: 'x', future: { a: 1 } };
    const message = { seq: 3, at, type: 'message', message_id: 'm', status: 'delivered', ...future };
    const tree = fold([
      header,
      { seq: 1, at, type: 'agent.start', agent: { ...future, id: 'a' } },
      { ...start, ...future },
      { ...end, ...future },
      message,
    ]);
    expect(runTreeSchema.safeParse(tree).error).toBeUndefined();
    expect(tree).toMatchObject({
      agents: [{ id: 'a', calls: [{ id: 'c', status: 'ok' }] }],
      messages: [{ id: 'm' }],
    });
  });

  it('lose an optional field of the wrong shape, and nothing else', () => {
    const reply = { id: null, message: { role: 'assistant', content: 'hi' } };
    const call = callOf([
      header,
      start,
      { ...end, cost_usd: 'NaN', duration_ms: null, reply, error: { type: 'E', code: 429, message: 'm' } },
    ]);
    expect(call).toMatchObject({
      status: 'ok',
      post: { message: { content: 'hi' } },
      error: { type: 'E', message: 'm' },
    });
    expect(call).not.toHaveProperty('cost_usd');
    expect(call).not.toHaveProperty('duration_ms');
    expect(call.error).not.toHaveProperty('code');
  });

  it('of a message change its status and keep its text and time', () => {
    const message = {
      seq: 1,
      at,
      type: 'message',
      message_id: 'm',
      from: 'a',
      to: 'b',
      content: 'hi',
      status: 'delivered',
    };
    const later = { seq: 2, at: 'later', type: 'message', message_id: 'm', status: 'handled' };
    expect(fold([header, message, later]).messages).toEqual([
      { id: 'm', at, from: 'a', to: 'b', content: 'hi', status: 'handled' },
    ]);
  });

  it('that try to pollute a prototype touch none', () => {
    const text = [
      line(header),
      `{"seq":1,"at":"t","type":"agent.start","agent":{"id":"__proto__","__proto__":{"polluted":1}}}\n`,
      `{"seq":2,"at":"t","type":"call.start","call_id":"__proto__","agent_id":"__proto__","agent_source":"explicit","operation":"chat","provider":"p","model":"m","messages":[{"hash":"__proto__","message":{"__proto__":{"polluted":2},"constructor":{"prototype":{"polluted":3}}}}],"parameters":{"__proto__":{"polluted":4}},"metadata":{"__proto__":{"polluted":5}},"__proto__":{"polluted":6}}\n`,
      `{"seq":3,"at":"t","type":"message","message_id":"__proto__","status":"handled","__proto__":{"polluted":7}}\n`,
      `{"seq":4,"at":"t","type":"call.end","call_id":"__proto__","status":"ok","reply":{"message":{"__proto__":{"polluted":8}}},"error":{"type":"E","message":"m","code":1,"__proto__":{"polluted":9}}}\n`,
      `{"seq":5,"at":"t","type":"run.start","metadata":{"__proto__":{"polluted":10}}}\n`,
    ].join('');
    const tree = foldText(text);
    expect(tree.audit.damaged_lines).toBe(0);
    expect(tree.agents).toHaveLength(1);
    expect(JSON.stringify(tree)).toContain('"polluted":2');
    expect({} as { polluted?: unknown }).not.toHaveProperty('polluted');
    for (const node of [
      tree,
      tree.run,
      tree.run.metadata,
      ...tree.agents,
      ...tree.agents.flatMap(({ calls }) => calls),
      ...tree.messages,
    ])
      expect((node as { polluted?: unknown }).polluted).toBeUndefined();
  });
});
