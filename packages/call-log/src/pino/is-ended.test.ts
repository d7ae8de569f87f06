import { PassThrough, Writable } from 'node:stream';
import pino from 'pino';
import { expect, it } from 'vitest';
import { isEnded } from './is-ended.ts';

it('tells it of a logger and of its children, as soon as the stream is ended', () => {
  const stream = new PassThrough();
  const log = pino(stream);
  const loggers = [log, log.child({ a: 1 }).child({ b: 2 })];
  expect(loggers.map(isEnded)).toEqual([false, false]);
  stream.end();
  expect(loggers.map(isEnded)).toEqual([true, true]);
});

it('takes for open what it does not know', () => {
  const bare = { write: () => true };
  expect([pino(bare), pino(pino.multistream([{ stream: new Writable() }])), {}].map(isEnded)).toEqual([
    false,
    false,
    false,
  ]);
});
