import type { CallContext } from '../identity/context.ts';
import type { LogLine } from '../schema/logger-events.ts';
import { type Fields, loggedFields, ownerOf } from './line-fields.ts';
import type { PinoConfig } from './pino-config.ts';
import { timeOf } from './time-of.ts';

/** Which lines a run keeps: all, or those of a level (a name, or pino's number) and above. */
export type KeepLines = boolean | { minimumLevel: string | number };

/** Whether a line is to be kept. One whose level nobody can tell is. */
export function isKept({ level }: Fields, keep: KeepLines, { levels }: PinoConfig): boolean {
  if (typeof keep === 'boolean') return keep;
  const number = (name: unknown) => (typeof name === 'string' ? levels[name.toLowerCase()] : name);
  const [has, needs] = [number(level), number(keep.minimumLevel)];
  return typeof has !== 'number' || typeof needs !== 'number' || has >= needs;
}

/** A line of a pino logger as an event of the run: what is not said elsewhere in the record becomes its `fields`. */
export function toLogLine(
  line: Fields,
  { levels, messageKey }: PinoConfig,
  nestedKey?: string,
): { event: LogLine; context: CallContext } {
  const logged = loggedFields(line, nestedKey);
  const { context, agent } = ownerOf(line, logged);
  // The host and the process are in the header of the journal.
  const { level, time, pid: _pid, hostname: _hostname, ...rest } = line;
  const message = rest[messageKey];
  if (typeof message === 'string') delete rest[messageKey];
  if (nestedKey !== undefined && logged !== line) delete rest[nestedKey];
  const { pd_context: _context, ...fields } = logged === line ? rest : { ...rest, ...logged };
  const at = timeOf(time);
  const event: LogLine = {
    type: 'log',
    level: nameOf(level, levels),
    ...(at !== undefined && { at }),
    ...(typeof message === 'string' && { message }),
    ...(Object.keys(fields).length > 0 && { fields }),
    ...(agent !== undefined && { agent_id: agent.id }),
  };
  return { event, context };
}

function nameOf(level: unknown, levels: PinoConfig['levels']): string {
  const known = Object.entries(levels).find(([, number]) => number === level);
  return known?.[0] ?? String(level ?? 'unknown');
}
