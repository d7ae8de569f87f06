import { formatCost, formatDuration, plural } from '../../text/format.ts';
import { callSign, statusAt, statusText } from '../../text/status.ts';
import { visibleText } from '../../text/visible-text.ts';
import type { RunModel } from '../run/run-model.ts';
import type { Hit } from './hit-test.ts';

interface TimelineTipProps {
  run: RunModel;
  hit: Hit;
  x: number;
  y: number;
  /** Of the timeline. */
  width: number;
}

/** What the pointer is on, in a few words. */
export function TimelineTip({ run, hit, x, y, width }: TimelineTipProps) {
  const side = x > width / 2 ? { right: `${width - x + 10}px` } : { left: `${x + 10}px` };
  return (
    <div class="tip" style={{ top: `${y + 34}px`, ...side }} aria-hidden="true">
      {hit.type === 'call' ? (
        <CallTip run={run} place={hit.place} />
      ) : (
        <MessageTip run={run} place={hit.place} />
      )}
    </div>
  );
}

function CallTip({ run: { calls, names, speakers }, place }: { run: RunModel; place: number }) {
  const status = statusAt(calls.status[place]);
  const took = calls.durationMs[place] ?? Number.NaN;
  const cost = calls.costUsd[place] ?? Number.NaN;
  const attempts = calls.attempts[place] ?? 1;
  const tokens = (calls.inputTokens[place] ?? Number.NaN) + (calls.outputTokens[place] ?? Number.NaN);
  const facts = [
    `${callSign(status)} ${statusText(status)}`,
    Number.isNaN(took) ? undefined : formatDuration(took),
    Number.isNaN(tokens) ? undefined : plural(Math.round(tokens), 'token'),
    Number.isNaN(cost) ? undefined : formatCost(cost),
    attempts > 1 ? plural(attempts, 'attempt') : undefined,
  ];
  return (
    <>
      <strong>
        <bdi>{speakers[calls.agent[place] ?? -1]?.label}</bdi> · <bdi>{names[calls.model[place] ?? -1]}</bdi>
      </strong>
      <span>{facts.filter((fact) => fact !== undefined).join(' · ')}</span>
      {calls.excerpt[place] && <p>{visibleText(calls.excerpt[place])}</p>}
    </>
  );
}

function MessageTip({ run: { messages, speakers }, place }: { run: RunModel; place: number }) {
  const name = (speaker: number | undefined) => speakers[speaker ?? -1]?.label ?? 'unknown';
  return (
    <>
      <strong>
        <bdi>{name(messages.from[place])}</bdi> → <bdi>{name(messages.to[place])}</bdi>
      </strong>
      <span>{statusText(messages.status[place] ?? '')}</span>
      {messages.excerpt[place] && <p>{visibleText(messages.excerpt[place])}</p>}
    </>
  );
}
