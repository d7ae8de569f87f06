import type { Answer, Verdict } from '../../scenario/scene.ts';

/** Endings that say no more than that there was no answer. */
const PLAIN: readonly (string | undefined)[] = [undefined, 'done', 'empty', 'ended_by_tool'];

/** Why somebody has said nothing, as the end of a talk. */
export function emptyAnswer({ from, reply }: Answer): Verdict {
  const { stopReason, refusal, blockedBy } = reply;
  if (stopReason === undefined || PLAIN.includes(stopReason))
    return { reason: 'empty_answer', detail: `${from} had nothing to say` };
  const why = refusal ?? blockedBy?.reason;
  const detail = `${from} has said nothing: ${stopReason}${why === undefined ? '' : ` (${why})`}`;
  return { reason: stopReason, detail };
}

/** What there is to say about an answer that is there and did not end as it should. */
export function remarkOn({ from, reply: { stopReason } }: Answer): string | undefined {
  return PLAIN.includes(stopReason) ? undefined : `the last answer, of ${from}, ended with ${stopReason}`;
}
