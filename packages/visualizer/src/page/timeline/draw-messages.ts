import { isLost } from '../../text/status.ts';
import { FAINT, type TimelineScene } from './draw-timeline.ts';
import type { Lane } from './lanes.ts';
import { lowerBound } from './lower-bound.ts';

/** Above this many in the window the lines to the addressees would hide the bars. */
const MOST_LINES = 300;
const RADIUS = 2.75;
/** Marks that are closer on the average would cover each other, and are drawn as thin lines. */
const ROOM_FOR_MARK = 9;
const TICK = { width: 1, height: 7 };

/** A mark per message in the sender's lane, with a line to the lane of whom it went to. */
export function drawMessages(
  context: CanvasRenderingContext2D,
  scene: TimelineScene,
  visible: readonly Lane[],
): void {
  const hasLines = countInWindow(scene) <= MOST_LINES;
  // Lines first: they must not cross out the marks of others. Also those that only pass through.
  if (hasLines) for (const lane of scene.lanes.rows) drawLane(context, scene, lane, drawLine);
  for (const lane of visible) {
    const isDense = countInLane(scene, lane) > scene.width / ROOM_FOR_MARK;
    drawLane(context, scene, lane, isDense ? drawTick : drawMark);
  }
  context.globalAlpha = 1;
}

function countInWindow(scene: TimelineScene): number {
  let count = 0;
  for (const lane of scene.lanes.rows) count += countInLane(scene, lane);
  return count;
}

function countInLane({ run, scale, width }: TimelineScene, { messages }: Lane): number {
  const { at } = run.messages;
  return lowerBound(messages, at, scale.toTime(width)) - lowerBound(messages, at, scale.toTime(0));
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
    // One line a pixel is all there is to see.
    if (draw === drawTick && x - last < TICK.width && !isLost(run.messages.status[place] ?? 'delivered'))
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

const drawTick: Draw = (context, scene, lane, place, x) => {
  const { run, palette } = scene;
  if (isLost(run.messages.status[place] ?? 'delivered')) return drawMark(context, scene, lane, place, x);
  context.fillStyle = palette.speakers[lane.speaker.place] ?? palette.inkFaint;
  context.fillRect(Math.round(x), lane.markY - TICK.height / 2, TICK.width, TICK.height);
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
