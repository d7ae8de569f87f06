import { expect, it } from 'vitest';
import { foldText, line } from '../../test/helpers.ts';
import { IncompleteRecordError } from '../errors/incomplete-record-error.ts';
import { callsById, expandRequest } from './expand-request.ts';

const hash = (letter: string) => letter.repeat(43);

/** A call's beginning as it stands in a journal. */
function start(callId: string, texts: string[], history?: { call_id: string; take: number }) {
  const messages = texts.map((text) => ({ hash: hash(text), message: { role: 'user', content: text } }));
  return {
    seq: 0,
    type: 'call.start',
    at: 't',
    call_id: callId,
    agent_id: 'a',
    agent_source: 'explicit',
    operation: 'chat',
    provider: 'p',
    model: 'm',
    messages,
    ...(history && { history }),
  };
}

function expand(records: object[], callId: string) {
  const calls = callsById(foldText(records.map(line).join('')));
  const call = calls.get(callId);
  if (call === undefined) throw new Error(`no call ${callId}`);
  return expandRequest(call, calls)
    .map(({ content }) => content)
    .join('');
}

it('takes only as much of an earlier request as was taken, through several of them', () => {
  const records = [
    start('1', ['a', 'b', 'c']),
    start('2', ['d', 'e'], { call_id: '1', take: 2 }),
    start('3', ['f'], { call_id: '2', take: 3 }),
    start('4', [], { call_id: '3', take: 1 }),
  ];
  expect(['1', '2', '3', '4'].map((id) => expand(records, id))).toEqual(['abc', 'abde', 'abdf', 'a']);
});

it.each<[string, object[]]>([
  ['an earlier call', [start('x', ['b'], { call_id: 'gone', take: 1 })]],
  ['messages of an earlier call', [start('1', ['a']), start('x', ['b'], { call_id: '1', take: 5 })]],
  ['the text of a message', [{ ...start('x', []), messages: [{ hash: hash('z') }] }]],
  [
    'an end to a circle',
    [start('x', [], { call_id: 'y', take: 1 }), start('y', [], { call_id: 'x', take: 1 })],
  ],
  ['an end to a circle of one', [start('x', [], { call_id: 'x', take: 1 })]],
])('refuses when the journal lacks %s', (_, records) => {
  expect(() => expand(records, 'x')).toThrow(IncompleteRecordError);
  expect(() => expand(records, 'x')).toThrow('call x');
});
