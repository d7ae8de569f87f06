import { resolveRunId } from '@pd/call-log/context';
import type { LogEvent } from '@pd/call-log/schema';
import type { ClientSettings } from '../client-settings.ts';

/** What may be put on record beside calls; the events of a call are made by its client alone. */
export type OwnEvent = Extract<LogEvent, { type: (typeof OWN_TYPES)[number] }>;

const OWN_TYPES = ['tool.start', 'tool.end', 'message', 'log', 'step'] as const;

/**
 * Adds what the calls of this client have, too: their run and, to a line, their agent. What is no such event is left out, and
 * what is on record of a run that is being resumed is not told again.
 */
export function recordOwn(
  {
    log,
    metadata,
    agent,
    clock,
    resume,
  }: Pick<ClientSettings, 'log' | 'metadata' | 'agent' | 'clock' | 'resume'>,
  event: OwnEvent,
): void {
  if (!OWN_TYPES.includes(event?.type)) return;
  // Where the client's metadata names none, the log finds the run of the call, or the surrounding one.
  const run_id = event.run_id ?? resolveRunId({ metadata }, {});
  const own = {
    at: clock.now().toISOString(),
    ...event,
    ...(run_id !== undefined && { run_id }),
    ...(event.type === 'log' &&
      event.agent_id === undefined &&
      agent !== undefined && { agent_id: agent.id }),
  };
  const told = resume === undefined ? own : resume.unrecorded(own);
  if (told !== undefined) log(told);
}
