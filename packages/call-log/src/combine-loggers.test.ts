import { expect, it } from 'vitest';
import { callEnd, callStart } from '../test/helpers.ts';
import { combineLoggers } from './combine-loggers.ts';
import type { LogEvent } from './schema/logger-events.ts';

it('gives every event to each logger, in order', () => {
  const got: [string, LogEvent][] = [];
  const logger = combineLoggers(
    (event) => got.push(['a', event]),
    (event) => got.push(['b', event]),
  );
  const events = [callStart('c'), callEnd('c')];
  for (const event of events) logger(event);
  expect(got).toEqual(
    events.flatMap((event) => [
      ['a', event],
      ['b', event],
    ]),
  );
});

it('lets one that throws keep nothing from the others', () => {
  const got: string[] = [];
  const throws = (text: string) => () => {
    throw new Error(text);
  };
  expect(() => combineLoggers(throws('one'), (event) => got.push(event.type))(callStart('c'))).toThrow('one');
  expect(() =>
    combineLoggers(throws('one'), throws('two'), (event) => got.push(event.type))(callEnd('c')),
  ).toThrow(AggregateError);
  expect(got).toEqual(['call.start', 'call.end']);
});

it('is a logger that does nothing when there is none', () => {
  expect(combineLoggers()(callStart('c'))).toBeUndefined();
});
