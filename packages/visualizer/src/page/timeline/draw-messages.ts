import { isLost } from '../model/status.ts';
import { FAINT, type TimelineScene } from './draw-timeline.ts';
import type { Lane } from './lanes.ts';
import { lowerBound } from './lower-bound.ts';

/** Above this many in the window the lines to the addressees would hide the bars. */
const MOST_LINES = 300;
const RADIUS = 2.75;
/** Marks that are closer would cover each other. */
const LEAST_APART = 2;

/** A mark per message in the sender's lane, with a line to the lane of whom it went to. */
export function drawMessages(
  context: CanvasRenderingContext2D,
  scene: TimelineScene,
  visible: readonly Lane[],
): void {
  const hasLines = countInWindow(scene) <= MOST_LINES;
  // Lines first: they must not cross out the marks of others. Also those that only pass through.
  if (hasLines) for (const lane of scene.lanes.rows) drawLane(context, scene, lane, drawLine);
  for (const lane of visible) drawLane(context, scene, lane, drawMark);
  context.globalAlpha = 1;
}

function countInWindow({ lanes, run, scale, width }: TimelineScene): number {
  let count = 0;
  for (const { messages } of lanes.rows) {
    count +=
      lowerBound(messages, run.messages.at, scale.toTime(width)) -
      lowerBound(messages, run.messages.at, scale.toTime(0));
  }
  return count;
}

type Draw = (
  context: CanvasRenderingContext2D,
  scene: TimelineScene,
  lane: Lane,
  place: number,
  x: number,
) => void;

function drawLane(context: CanvasRenderingContext2D, scene: TimelineScene, lane: Lane, draw: Draw): void {
  const { run, scale, width, matches } = scene;
  const first = lowerBound(lane.messages, run.messages.at, scale.toTime(-RADIUS));
  let last = Number.NEGATIVE_INFINITY;
  for (let order = first; order < lane.messages.length; order++) {
    const place = lane.messages[order] ?? 0;
    const x = scale.toX(run.messages.at[place] ?? 0);
    if (x > width + RADIUS) break;
    if (x - last < LEAST_APART && draw === drawMark && !isLost(run.messages.status[place] ?? 'delivered'))
      continue;
    last = x;
    context.globalAlpha = matches.messages[place] === 1 ? 1 : FAINT;
    draw(context, scene, lane, place, x);
  }
}

const drawMark: Draw = (context, { run, palette }, lane, place, x) => {
  context.beginPath();
  if (isLost(run.messages.status[place] ?? 'delivered')) {
    context.strokeStyle = palette.tones.bad;
    context.lineWidth = 1.75;
    context.moveTo(x - 3, lane.markY - 3);
    context.lineTo(x + 3, lane.markY + 3);
    context.moveTo(x + 3, lane.markY - 3);
    context.lineTo(x - 3, lane.markY + 3);
  } else {
    context.arc(x, lane.markY, RADIUS, 0, 2 * Math.PI);
    context.fillStyle = palette.paper;
    context.fill();
    context.strokeStyle = palette.speakers[lane.speaker.place] ?? palette.inkFaint;
    context.lineWidth = 1.5;
  }
  context.stroke();
};

const drawLine: Draw = (context, { run, lanes, palette }, lane, place, x) => {
  const to = lanes.bySpeaker[run.messages.to[place] ?? -1];
  if (to === undefined || to === lane) return;
  const down = Math.sign(to.markY - lane.markY);
  const tip = to.markY - down * 4;
  context.globalAlpha *= 0.45;
  context.strokeStyle = palette.speakers[lane.speaker.place] ?? palette.inkFaint;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x, lane.markY);
  context.lineTo(x, tip);
  context.moveTo(x - 2.5, tip - down * 3.5);
  context.lineTo(x, tip);
  context.lineTo(x + 2.5, tip - down * 3.5);
  context.stroke();
};
