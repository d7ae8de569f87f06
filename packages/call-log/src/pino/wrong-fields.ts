import { type RecordedEvent, recordedEventSchema } from '../schema/events.ts';
import type { Fields } from './line-fields.ts';

/** Written by the log alone: given from outside they would begin or end somebody's run. */
const ownTypes: ReadonlySet<RecordedEvent['type']> = new Set([
  'segment.start',
  'run.start',
  'audit',
  'run.end',
]);
/** What the log itself puts on a record. */
const added: ReadonlySet<string> = new Set(['seq', 'at', 'agent_id', 'agent_source', 'messages']);

type Check = (value: unknown) => boolean;

/** For each kind of event, the fields that no reader can do without; taken from the schema, so that there is one truth. */
const required: ReadonlyMap<unknown, readonly (readonly [string, Check])[]> = new Map(
  recordedEventSchema.options
    .filter(({ shape }) => !ownTypes.has(shape.type.value))
    .map(({ shape }) => [
      shape.type.value,
      Object.entries(shape).flatMap(([name, field]) => {
        const check: Check = (value) => field.safeParse(value).success;
        return added.has(name) || check(undefined) ? [] : [[name, check] as const];
      }),
    ]),
);

/**
 * The fields that an event lacks or that have a value no reader takes; `undefined` when it is no event that may be
 * given to a log. A wrong optional field costs itself alone, when the record is read.
 */
export function wrongFields(event: Fields): string[] | undefined {
  return required
    .get(event.type)
    ?.filter(([name, check]) => !check(event[name]))
    .map(([name]) => name);
}
