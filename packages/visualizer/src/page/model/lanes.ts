import type { MessageNode } from '@pd/call-log/schema';
import type { RunModel, Speaker, TimedCall } from './run-model.ts';
import { packTracks } from './tracks.ts';

const MOST_TRACKS = 8;
export const BAR_HEIGHT = 12;
const TRACK_HEIGHT = 15;
const PADDING = 7;
/** Below the bars, where the messages are marked. */
const MARKS_HEIGHT = 12;

/** One agent's lane. */
export interface Lane {
  speaker: Speaker;
  top: number;
  height: number;
  /** Where this lane's messages are marked. */
  markY: number;
  /** The calls with the top of their bars. */
  bars: { timed: TimedCall; y: number }[];
}

export interface Lanes {
  rows: Lane[];
  byId: ReadonlyMap<string, Lane>;
  /** Whether a message concerns whom the lanes are about. */
  shows(message: Pick<MessageNode, 'from' | 'to'>): boolean;
  height: number;
}

/** A lane per speaker, as high as it has calls at the same time; only `agent`'s and its partners' if given. */
export function layoutLanes(run: RunModel, agent: string | undefined): Lanes {
  const shown = agent === undefined ? undefined : partnersOf(run, agent);
  const callsOf = new Map<string, TimedCall[]>(run.speakers.map(({ id }) => [id, []]));
  for (const timed of run.calls) callsOf.get(timed.agentId)?.push(timed);
  let top = 0;
  const rows = run.speakers
    .filter(({ id }) => shown?.has(id) ?? true)
    .map((speaker): Lane => {
      const calls = agent === undefined || speaker.id === agent ? (callsOf.get(speaker.id) ?? []) : [];
      const { tracks, count } = packTracks(calls, MOST_TRACKS);
      const bars = calls.map((timed, index) => ({
        timed,
        y: top + PADDING + (tracks[index] ?? 0) * TRACK_HEIGHT,
      }));
      const barsHeight = calls.length === 0 ? 0 : count * TRACK_HEIGHT;
      const height = 2 * PADDING + barsHeight + MARKS_HEIGHT;
      const lane = { speaker, top, height, markY: top + PADDING + barsHeight + MARKS_HEIGHT / 2, bars };
      top += height;
      return lane;
    });
  return {
    rows,
    byId: new Map(rows.map((lane) => [lane.speaker.id, lane])),
    shows: ({ from, to }) => agent === undefined || from === agent || to === agent,
    height: top,
  };
}

function partnersOf(run: RunModel, agent: string): Set<string> {
  const partners = new Set([agent]);
  for (const { from, to } of run.tree.messages) {
    if (from === agent && to !== undefined) partners.add(to);
    if (to === agent && from !== undefined) partners.add(from);
  }
  return partners;
}
