import type { RecordedEvent } from '../schema/events.ts';
import { chatText, jsonText } from './chat-text.ts';
import { formatDuration } from './format.ts';
import { safeLine } from './safe-text.ts';
import { type Paint, statusColour } from './style.ts';
import { fitTo } from './text-width.ts';

type Format = Parameters<Paint>[0];

/** What a record says in a line: about whom, how it went, what was said. */
interface Told {
  who?: string | undefined;
  status?: string;
  text?: (string | undefined)[];
}

/** What later records refer to without saying it again. */
interface Known {
  agents: Map<string, string>;
  messages: Map<string, string>;
}

const KIND_WIDTH = 13;
const WHO_WIDTH = 14;

/** Writes each record of a run as one line. Remembers whose call it is until the call is over. */
export function createEventLines(paint: Paint, columns: number) {
  const known: Known = { agents: new Map(), messages: new Map() };
  return (event: RecordedEvent): string => {
    const { who = '', status, text = [] } = tell(event, known);
    const head = safeLine(who);
    const facts = text.flatMap((part) => safeLine(part ?? '') || []).join('  ');
    const time = event.at.slice(11, 23);
    const room = columns - 12 - KIND_WIDTH - WHO_WIDTH - 6 - (status === undefined ? 0 : status.length + 2);
    const column = fitTo(WHO_WIDTH, head);
    return [
      paint('dim', safeLine(time)),
      paint(kindColour(event.type), event.type.padEnd(KIND_WIDTH)),
      column + ' '.repeat(Math.max(0, WHO_WIDTH - [...column].length)),
      ...(status === undefined ? [] : [paint(statusColour(status), safeLine(status))]),
      fitTo(Math.max(10, room), facts),
    ]
      .join('  ')
      .trimEnd();
  };
}

function kindColour(type: RecordedEvent['type']): Format {
  if (type.startsWith('call.')) return 'cyan';
  if (type.startsWith('attempt.')) return 'blue';
  if (type.startsWith('tool.')) return 'magenta';
  if (type === 'message') return 'green';
  return type === 'run.start' || type === 'run.end' ? 'bold' : 'dim';
}

function tell(event: RecordedEvent, { agents, messages }: Known): Told {
  switch (event.type) {
    case 'segment.start':
      return { text: [event.run_id, `pid ${event.pid} on ${event.host}`, event.writer] };
    case 'run.start':
      return { text: [event.name, JSON.stringify(event.metadata ?? {})] };
    case 'agent.start':
      return { who: event.agent.id, text: [event.agent.name, event.agent.role] };
    case 'call.start': {
      agents.set(event.call_id, event.agent_id);
      const last = event.messages.at(-1)?.message;
      return { who: event.agent_id, text: [`${event.provider}/${event.model}`, last && chatText(last)] };
    }
    case 'attempt.start':
      return {
        who: agents.get(event.call_id),
        text: [`#${event.number}`, `${event.provider}/${event.model}`],
      };
    case 'attempt.end':
      return {
        who: agents.get(event.call_id),
        status: event.status,
        text: [
          `#${event.number}`,
          event.http_status?.toString(),
          took(event.duration_ms),
          event.error?.message,
        ],
      };
    case 'call.progress':
      return { who: agents.get(event.call_id), text: [event.text.slice(-200)] };
    case 'call.end': {
      const { usage, reply, error } = event;
      const who = agents.get(event.call_id);
      agents.delete(event.call_id);
      const tokens = usage && `${usage.input_tokens ?? '?'} → ${usage.output_tokens ?? '?'}`;
      const said = error?.message ?? (reply?.message && chatText(reply.message));
      return { who, status: event.status, text: [took(event.duration_ms), tokens, said] };
    }
    case 'message': {
      const content = typeof event.content === 'string' ? event.content : jsonText(event.content);
      // A change of status does not say again from whom to whom.
      const who = messages.get(event.message_id) ?? `${event.from ?? '?'} → ${event.to ?? 'all'}`;
      if (event.status === 'delivered') messages.set(event.message_id, who);
      else messages.delete(event.message_id);
      return { who, status: event.status, text: [content] };
    }
    case 'tool.start':
      return { who: agents.get(event.call_id), text: [event.name, jsonText(event.arguments)] };
    case 'tool.end':
      return {
        who: agents.get(event.call_id),
        status: event.status,
        text: [took(event.duration_ms), jsonText(event.result)],
      };
    case 'log': {
      const { agent_id, level, message, fields } = event;
      return { who: agent_id, text: [level, message, fields && JSON.stringify(fields)] };
    }
    case 'step': {
      const { agent_id, name, status, value, error } = event;
      return { who: agent_id, status, text: [name, error?.message ?? jsonText(value)] };
    }
    case 'audit':
      return {
        text: [
          `dropped ${event.dropped}`,
          `redactions ${event.redactions}`,
          `logger errors ${event.logger_errors}`,
        ],
      };
    case 'run.end':
      return { status: event.status, text: [event.error?.message] };
  }
}

function took(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : formatDuration(ms);
}
