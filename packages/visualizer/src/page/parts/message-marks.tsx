import type { MessageNode } from '@pd/call-log/schema';
import type { Select } from '../hooks/use-selection.ts';
import { formatTime } from '../model/format.ts';
import type { Lane, Lanes } from '../model/lanes.ts';
import type { RunModel } from '../model/run-model.ts';
import { isLost } from '../model/status.ts';

/** Above this many the lines to the addressees would hide the bars. */
const MOST_LINES = 300;

interface MessageMarksProps {
  run: RunModel;
  lanes: Lanes;
  toX: (time: number) => number;
  select: Select;
}

/** A mark per message in the sender's lane, with a line to the lane of whom it went to. */
export function MessageMarks({ run, lanes, toX, select }: MessageMarksProps) {
  const hasLines = run.tree.messages.length <= MOST_LINES;
  return (
    <g class="marks">
      {run.tree.messages.map((message, index) => {
        const [from, to] = [laneOf(message.from, lanes), laneOf(message.to, lanes)];
        const x = toX(Date.parse(message.at));
        if (from === undefined || Number.isNaN(x) || !lanes.shows(message)) return null;
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: the transcript has a button for each of them
          <g
            key={index}
            class={isLost(message.status) ? 'mark mark-lost' : 'mark'}
            style={{ '--c': from.speaker.colour }}
            onClick={() => select(opened(message, run))}
          >
            <title>{`${from.speaker.node.label} → ${to?.speaker.node.label ?? '…'}, ${formatTime(message.at)}`}</title>
            {hasLines && to !== undefined && to !== from && (
              <path class="mark-line" d={arrow(x, from.markY, to.markY)} />
            )}
            {isLost(message.status) ? (
              <path class="mark-cross" d={`M${x - 3} ${from.markY - 3}l6 6m0-6l-6 6`} />
            ) : (
              <circle class="mark-dot" cx={x} cy={from.markY} r="2.75" />
            )}
          </g>
        );
      })}
    </g>
  );
}

/** What a click on a message opens: the call that made it, else the message itself. */
export function opened(message: Pick<MessageNode, 'id' | 'call_id'>, run: RunModel) {
  return message.call_id !== undefined && run.callById.has(message.call_id)
    ? { call: message.call_id, message: undefined }
    : { call: undefined, message: message.id };
}

function laneOf(id: string | undefined, lanes: Lanes): Lane | undefined {
  return id === undefined ? undefined : lanes.byId.get(id);
}

function arrow(x: number, fromY: number, toY: number): string {
  const down = Math.sign(toY - fromY);
  const tip = toY - down * 3;
  return `M${x} ${fromY}V${tip}m-2.5 ${-down * 3.5}l2.5 ${down * 3.5}l2.5 ${-down * 3.5}`;
}
