import type { RunModel } from '../run/run-model.ts';
import type { Speaker } from '../run/speaker.ts';
import type { Matches } from '../search/filter.ts';
import { packTracks } from './tracks.ts';

/** Calls of one agent at the same time that get a track of their own. */
const MOST_TRACKS = 8;
export const BAR_HEIGHT = 12;
const TRACK_HEIGHT = 15;
const PADDING = 7;
/** Below the bars, where the messages are marked. */
const MARKS_HEIGHT = 12;

/** Calls that do not overlap, in the order of time. */
export interface Track {
  /** Below the top of the picture. */
  y: number;
  /** Places of the calls. */
  calls: Int32Array;
}

/** One agent's lane. Heights and places are in CSS pixels. */
export interface Lane {
  speaker: Speaker;
  top: number;
  height: number;
  tracks: Track[];
  /** Where this lane's messages are marked. */
  markY: number;
  /** Places of the messages they sent, in the order of time. */
  messages: Int32Array;
}

export interface Lanes {
  rows: Lane[];
  /** By the place of the speaker; `undefined` for one that has no lane. */
  bySpeaker: readonly (Lane | undefined)[];
  height: number;
}

/** What a lane holds, wherever it stands; made once per run. */
interface LaneContent {
  tracks: Int32Array[];
  messages: Int32Array;
}

const contents = new WeakMap<RunModel, LaneContent[]>();

/** A lane per speaker, as high as they have calls at the same time; only of those who are `shown`. */
export function layoutLanes(run: RunModel, shown?: ReadonlySet<number>): Lanes {
  const all = contents.get(run) ?? laneContents(run);
  contents.set(run, all);
  const bySpeaker: (Lane | undefined)[] = [];
  const rows: Lane[] = [];
  let top = 0;
  for (const speaker of run.speakers) {
    const content = all[speaker.place];
    if (content === undefined || (shown !== undefined && !shown.has(speaker.place))) continue;
    const barsHeight = content.tracks.length * TRACK_HEIGHT;
    const height = 2 * PADDING + barsHeight + MARKS_HEIGHT;
    const lane: Lane = {
      speaker,
      top,
      height,
      tracks: content.tracks.map((calls, track) => ({ calls, y: top + PADDING + track * TRACK_HEIGHT })),
      markY: top + PADDING + barsHeight + MARKS_HEIGHT / 2,
      messages: content.messages,
    };
    bySpeaker[speaker.place] = lane;
    rows.push(lane);
    top += height;
  }
  return { rows, bySpeaker, height: top };
}

function laneContents({ speakers, calls, messages }: RunModel): LaneContent[] {
  const callsOf: number[][] = speakers.map(() => []);
  const messagesOf: number[][] = speakers.map(() => []);
  for (let index = 0; index < calls.count; index++) callsOf[calls.agent[index] ?? -1]?.push(index);
  for (let index = 0; index < messages.count; index++) messagesOf[messages.from[index] ?? -1]?.push(index);
  return speakers.map(({ place }) => {
    const own = callsOf[place] ?? [];
    const { tracks, count } = packTracks(
      own.map((index) => ({ start: calls.start[index] ?? 0, end: calls.end[index] ?? 0 })),
      MOST_TRACKS,
    );
    const byTrack: number[][] = Array.from({ length: own.length === 0 ? 0 : count }, () => []);
    own.forEach((index, order) => {
      byTrack[tracks[order] ?? 0]?.push(index);
    });
    const sent = messagesOf[place] ?? [];
    // Clocks of several machines may disagree; the record is in its own order.
    sent.sort((a, b) => (messages.at[a] ?? 0) - (messages.at[b] ?? 0));
    return { tracks: byTrack.map((list) => Int32Array.from(list)), messages: Int32Array.from(sent) };
  });
}

/** Whose lanes are worth showing: those who did something that is wanted, and whom they talked to. */
export function concerned({ calls, messages }: RunModel, matches: Matches): Set<number> {
  const places = new Set<number>();
  for (let index = 0; index < calls.count; index++)
    if (matches.calls[index] === 1) places.add(calls.agent[index] ?? -1);
  for (let index = 0; index < messages.count; index++) {
    if (matches.messages[index] !== 1) continue;
    places.add(messages.from[index] ?? -1);
    places.add(messages.to[index] ?? -1);
  }
  return places;
}
