import { expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import type { logEventSchema } from './log-event-schema.ts';
import type { LogEvent } from './logger-events.ts';

type Parsed = z.infer<typeof logEventSchema>;

it('the schema and the types name the same events and fields', () => {
  type Keys<Event> = Event extends { type: infer Type } ? `${Type & string}.${keyof Event & string}` : never;
  expectTypeOf<Keys<Parsed>>().toEqualTypeOf<Keys<LogEvent>>();
});
