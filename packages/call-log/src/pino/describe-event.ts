import { formatDuration } from '../cli/format.ts';
import type { Identity } from '../identity/resolve.ts';
import { RecentMap } from '../journal/recent-map.ts';
import type { LogEvent } from '../schema/logger-events.ts';

/** Calls whose agent and model are remembered for the events that do not say them again. */
const REMEMBERED_CALLS = 1_000;

/**
 * Makes a function that says an event in a few words, such as `call.end ok critic openai/gpt-5.4-mini 1.2 s`: what
 * people see of it in the lines of a pino logger. Names and figures only, nothing of what was said.
 */
export function createEventDescriber(): (event: LogEvent, owner: () => Identity) => string {
  const calls = new RecentMap<string, string>(REMEMBERED_CALLS);
  return (event, owner) => {
    const told = (...parts: (string | number | undefined)[]) =>
      [event.type, ...parts].filter((part) => part !== undefined && part !== '').join(' ');
    const took = (ms: number | undefined) => (ms === undefined ? undefined : formatDuration(ms));
    switch (event.type) {
      case 'call.start': {
        const call = `${owner().agent.id} ${event.provider}/${event.model}`;
        calls.set(event.call_id, call);
        return told(call);
      }
      case 'attempt.start':
        return told(`#${event.number}`, calls.get(event.call_id));
      case 'attempt.end':
        return told(event.status, `#${event.number}`, calls.get(event.call_id), event.http_status);
      case 'call.end':
        return told(event.status, calls.get(event.call_id), took(event.duration_ms), event.error?.type);
      case 'agent.start':
        return told(event.agent.id);
      case 'message':
        return told(event.status, event.from ?? '?', '→', event.to ?? 'all');
      case 'tool.start':
        return told(event.name, calls.get(event.call_id));
      case 'tool.end':
        return told(event.status, took(event.duration_ms), calls.get(event.call_id));
      case 'step':
        return told(event.status, event.name);
      case 'log':
        return event.message ?? told();
      default:
        return told();
    }
  };
}
