import type { CallContext } from '../identity/context.ts';
import type { LogEvent } from '../schema/logger-events.ts';
import { contentSum } from './content-sum.ts';
import { type Fields, isFields, loggedFields, ownerOf } from './line-fields.ts';
import { timeOf } from './time-of.ts';
import { wrongFields } from './wrong-fields.ts';

/** What `toPinoLogger()` puts on a line; by hand it is `log.info({ pd: event })`. */
export interface EventLine {
  pd: LogEvent;
  /** The agent and the run around whoever logged it. */
  pd_context?: CallContext;
  /** Of a call's beginning as it was logged. */
  pd_sum?: string;
}

/** The last line of a process that exits with an error. */
export interface ExitLine {
  pd_exit: number;
}

/** What a line of a pino logger is to the log. `spoiled`: it says it is an event, and is none that a reader could read. */
export type ReadLine =
  | { kind: 'event'; event: LogEvent; context: CallContext }
  | { kind: 'spoiled'; why: string }
  | { kind: 'exit'; code: number }
  | { kind: 'other' };

/** Finds the event on a line, with its owner. @param nestedKey pino's option of that name */
export function readEventLine(line: Fields, nestedKey?: string): ReadLine {
  const logged = loggedFields(line, nestedKey);
  const { pd, pd_sum, pd_exit } = logged;
  if (typeof pd_exit === 'number') return { kind: 'exit', code: pd_exit };
  if (!isFields(pd)) return { kind: 'other' };
  const wrong = wrongFields(pd);
  if (wrong === undefined) return { kind: 'other' };
  if (wrong.length > 0) return { kind: 'spoiled', why: `a ${pd.type} without a proper ${wrong.join(', ')}` };
  const { context, agent } = ownerOf(line, logged);
  const at = typeof pd.at === 'string' ? pd.at : timeOf(line.time);
  const { at: _, ...rest } = pd;
  const event = { ...rest, ...(at !== undefined && { at }) } as unknown as LogEvent;
  if (event.type === 'log' && agent !== undefined) event.agent_id ??= agent.id;
  if (event.type === 'call.start') {
    if (agent !== undefined && event.agent === undefined)
      Object.assign(event, { agent, agent_source: 'binding' });
    if (pd_sum !== undefined && pd_sum !== contentSum(pd)) event.exact = false;
  }
  return { kind: 'event', event, context };
}

/** The field that holds an event where none is looked for, as pino's `nestedKey` puts it. */
export function misplacedIn(line: Fields): string | undefined {
  const isOne = (value: unknown) =>
    isFields(value) && isFields(value.pd) && wrongFields(value.pd)?.length === 0;
  return Object.keys(line).find((name) => isOne(line[name]));
}
