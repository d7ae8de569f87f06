import { callTone, statusAt, type Tone } from '../../text/status.ts';
import type { RunModel } from '../run/run-model.ts';
import type { Matches } from '../search/filter.ts';
import { drawMessages } from './draw-messages.ts';
import { drawPath } from './draw-path.ts';
import { BAR_HEIGHT, type Lane, type Lanes, type Track } from './lanes.ts';
import { lowerBound } from './lower-bound.ts';
import type { Palette } from './palette.ts';
import type { Scale } from './scale.ts';

/** Everything a picture of the timeline is made from. Lengths are CSS pixels. */
export interface TimelineScene {
  run: RunModel;
  lanes: Lanes;
  matches: Matches;
  palette: Palette;
  scale: Scale;
  width: number;
  height: number;
  scrollTop: number;
  /** Round times to draw lines at. */
  ticks: readonly number[];
  playhead: number | undefined;
  /** Place of the call in the drawer. */
  selected: number | undefined;
  /** Places of the calls on the critical path, in its order, where it is to be seen. */
  path: Int32Array | undefined;
  /** Place of the call under the pointer. */
  hovered: number | undefined;
}

/** Narrower calls are drawn together with their neighbours. */
const NARROW = 3;
/** Thinner ones could not be hit. */
const THINNEST = 2;
/** How much there is to see of what is not wanted. */
export const FAINT = 0.16;

/** Draws what is in the window: calls as bars in their agents' lanes, messages as marks, the playhead. */
export function drawTimeline(context: CanvasRenderingContext2D, scene: TimelineScene): void {
  const { lanes, palette, scale, width, height, scrollTop, ticks } = scene;
  context.clearRect(0, 0, width, height);
  context.save();
  context.translate(0, -scrollTop);
  const visible = lanes.rows.filter(
    ({ top, height: tall }) => top + tall > scrollTop && top < scrollTop + height,
  );
  context.fillStyle = palette.line;
  for (const time of ticks) context.fillRect(Math.round(scale.toX(time)), scrollTop, 1, height);
  for (const { top } of visible) context.fillRect(0, top, width, 1);
  drawMessages(context, scene, visible);
  for (const lane of visible) for (const track of lane.tracks) drawTrack(context, scene, lane, track);
  if (scene.path !== undefined) drawPath(context, scene, scene.path);
  for (const [place, colour] of [
    [scene.hovered, palette.inkSoft],
    [scene.selected, palette.ink],
  ] as const) {
    if (place !== undefined) outline(context, scene, place, colour);
  }
  context.restore();
  if (scene.playhead !== undefined) drawPlayhead(context, scene, scene.playhead);
}

/** Bars that are drawn as one: next to each other, thin, and of the same look. */
interface Run {
  left: number;
  right: number;
  tone: Tone;
  wanted: boolean;
}

const SEVERITY: Record<Tone, number> = { good: 0, open: 1, warn: 2, bad: 3 };

function drawTrack(context: CanvasRenderingContext2D, scene: TimelineScene, lane: Lane, track: Track): void {
  const { run, matches, scale, width } = scene;
  const { calls } = run;
  // The one before may reach into the window.
  const first = Math.max(0, lowerBound(track.calls, calls.start, scale.toTime(0)) - 1);
  let thin: Run | undefined;
  const flush = () => {
    if (thin !== undefined) fillBar(context, scene, lane, track.y, thin);
    thin = undefined;
  };
  for (let order = first; order < track.calls.length; order++) {
    const place = track.calls[order] ?? 0;
    const left = scale.toX(calls.start[place] ?? 0);
    if (left > width) break;
    const right = Math.max(left + THINNEST, scale.toX(calls.end[place] ?? 0));
    if (right < 0) continue;
    const tone = callTone(statusAt(calls.status[place]));
    const wanted = matches.calls[place] === 1;
    if (right - left >= NARROW) {
      flush();
      fillBar(context, scene, lane, track.y, { left, right, tone, wanted }, place);
    } else if (
      thin !== undefined &&
      left <= thin.right + 0.75 &&
      wanted === thin.wanted &&
      tone === thin.tone
    ) {
      thin.right = Math.max(thin.right, right);
    } else if (thin !== undefined && left < thin.right - 1) {
      // Less than a pixel apart: what is worse, or wanted, is what is seen.
      if (SEVERITY[tone] > SEVERITY[thin.tone] || (wanted && !thin.wanted)) {
        flush();
        thin = { left, right, tone, wanted };
      }
    } else {
      flush();
      thin = { left, right, tone, wanted };
    }
  }
  flush();
}

function fillBar(
  context: CanvasRenderingContext2D,
  { run, palette, width }: TimelineScene,
  lane: Lane,
  y: number,
  { left, right, tone, wanted }: Run,
  place?: number,
): void {
  const colour = palette.bars[lane.speaker.place] ?? palette.inkFaint;
  const x = Math.max(-4, left);
  const wide = Math.min(width + 4, right) - x;
  context.globalAlpha = wanted ? 1 : FAINT;
  context.beginPath();
  if (wide < 6) context.rect(x, y, wide, BAR_HEIGHT);
  else context.roundRect(x + 0.5, y + 0.5, wide - 1, BAR_HEIGHT - 1, 2.5);
  if (tone === 'open') {
    context.strokeStyle = colour;
    context.lineWidth = 1.5;
    context.setLineDash([4, 2.5]);
    context.stroke();
    context.setLineDash([]);
  } else {
    context.fillStyle = tone === 'good' ? colour : palette.patterns[tone];
    context.fill();
    if (tone !== 'good') {
      context.strokeStyle = palette.tones[tone];
      context.lineWidth = 1;
      context.stroke();
    }
  }
  const attempts = place === undefined ? 1 : (run.calls.attempts[place] ?? 1);
  if (attempts > 1 && wide > 26) {
    context.fillStyle = tone === 'open' ? palette.ink : palette.paper;
    context.font = `600 9.5px ${palette.font}`;
    context.fillText(`${attempts}×`, x + 4, y + BAR_HEIGHT - 3);
  }
  context.globalAlpha = 1;
}

function outline(
  context: CanvasRenderingContext2D,
  scene: TimelineScene,
  place: number,
  colour: string,
): void {
  const { run, lanes, scale } = scene;
  const lane = lanes.bySpeaker[run.calls.agent[place] ?? -1];
  const track = lane?.tracks.find(({ calls }) => calls.includes(place));
  if (track === undefined) return;
  const left = scale.toX(run.calls.start[place] ?? 0);
  const right = Math.max(left + THINNEST + 1, scale.toX(run.calls.end[place] ?? 0));
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.beginPath();
  context.roundRect(left - 0.5, track.y - 0.5, right - left + 1, BAR_HEIGHT + 1, 3);
  context.stroke();
}

function drawPlayhead(context: CanvasRenderingContext2D, scene: TimelineScene, time: number): void {
  const { palette, scale, width, height } = scene;
  const x = Math.round(scale.toX(time));
  context.fillStyle = palette.paper;
  context.globalAlpha = 0.62;
  context.fillRect(x + 1, 0, Math.max(0, width - x), height);
  context.globalAlpha = 1;
  context.fillStyle = palette.accent;
  context.fillRect(x - 0.75, 0, 1.5, height);
}
