import type { RunTree } from '@pd/call-log/schema';
import { formatNumberOf, formatTime, safeLine, statusColour, textWidth, wrapTo } from '@pd/call-log/terminal';
import { formatDuration } from '../text/format.ts';
import type { Style } from './style.ts';

/** What run it is and how it ended. */
export function* showHead({ run, agents, messages }: RunTree, style: Style): Generator<string> {
  const { paint, text, width, glyphs } = style;
  const room = width - run.status.length - 2;
  const name = text(run.name ?? '', Math.max(8, Math.floor(room / 2)));
  const id = text(run.id, Math.max(8, room - (name === '' ? 0 : textWidth(name) + 2)));
  yield `${name === '' ? '' : `${paint('bold', name)}  `}${id}  ${paint(statusColour(run.status), run.status)}`;
  const took = Date.parse(run.ended_at ?? '') - Date.parse(run.started_at ?? '');
  const facts = [
    ...(run.started_at === undefined ? [] : [`${formatTime(run.started_at)} UTC`]),
    ...(took >= 0 ? [formatDuration(took)] : []),
    formatNumberOf(agents.length, 'agent'),
    formatNumberOf(run.totals.calls, 'call'),
    formatNumberOf(messages.length, 'message'),
  ];
  for (const line of wrapTo(width, facts.join(` ${glyphs.dot} `))) yield paint('dim', line);
  if (run.error !== undefined)
    yield paint('red', text(`${run.error.type}: ${safeLine(run.error.message.slice(0, 2_000))}`, width));
}
