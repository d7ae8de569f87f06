import { formatShort } from '../../text/format.ts';
import type { RunModel } from '../run/run-model.ts';
import type { Palette } from '../timeline/palette.ts';
import type { Camera } from './camera.ts';
import type { EdgePath } from './edge-paths.ts';

/** How an edge looks now. */
export interface EdgeLook {
  opacity: number;
  count: number;
  /** How many of them failed. */
  errors: number;
}

interface EdgesPicture {
  run: RunModel;
  paths: readonly EdgePath[];
  look: (path: EdgePath) => EdgeLook;
  camera: Camera;
  /** How much larger than the picture words are. */
  text: number;
  palette: Palette;
  hovered: number | undefined;
  /** Whether an edge says how often, by its place. */
  hasLabel: (path: EdgePath) => boolean;
}

/** Above this many edges calls are plain lines and what is faint has no heads: they would take most of the time. */
const MOST_DETAILED = 400;
const LINE = 0.66;
const CALL_LINE = 0.8;
/** What is fainter than this is drawn below the rest. */
const FAINT = 0.2;

/** Draws messages in the sender's colour and calls as dots, what is faint first, then their numbers. */
export function drawEdges(context: CanvasRenderingContext2D, picture: EdgesPicture): void {
  const { paths, look, camera, hovered } = picture;
  const looks = paths.map(look);
  context.save();
  context.transform(camera.scale, 0, 0, camera.scale, camera.x, camera.y);
  const isThin = paths.length > MOST_DETAILED;
  paths.forEach((path, index) => {
    const opacity = looks[index]?.opacity ?? 1;
    if (opacity <= FAINT) drawEdge(context, picture, path, opacity, isThin);
  });
  paths.forEach((path, index) => {
    const opacity = looks[index]?.opacity ?? 1;
    if (opacity > FAINT) drawEdge(context, picture, path, opacity, isThin);
  });
  const over = paths.find(({ place }) => place === hovered);
  if (over !== undefined) drawEdge(context, picture, over, 1 / LINE, false);
  context.globalAlpha = 1;
  paths.forEach((path, index) => {
    const look = looks[index];
    if (look !== undefined && look.opacity > FAINT && picture.hasLabel(path))
      drawLabel(context, picture, path, look);
  });
  context.restore();
}

function drawEdge(
  context: CanvasRenderingContext2D,
  { run, palette }: EdgesPicture,
  { edge, placed, line, head }: EdgePath,
  opacity: number,
  isThin: boolean,
): void {
  const isCall = edge.kind !== 'message';
  const sender = run.speakerByKey.get(edge.from)?.place ?? -1;
  const colour = isCall ? palette.inkFaint : (palette.speakers[sender] ?? palette.inkFaint);
  context.globalAlpha = Math.min(1, opacity * (isCall ? CALL_LINE : LINE));
  context.strokeStyle = context.fillStyle = colour;
  const isHair = isThin && (isCall || opacity <= FAINT);
  context.lineWidth = isHair ? 0.7 : isCall ? 1.6 : placed.width;
  context.lineCap = isCall ? 'round' : 'butt';
  context.setLineDash(isCall && !isThin ? [0.1, 4] : []);
  context.stroke(line);
  if (isThin && opacity <= FAINT) return;
  context.globalAlpha = Math.min(1, opacity * (isThin ? LINE : 0.9));
  context.fill(head);
}

function drawLabel(
  context: CanvasRenderingContext2D,
  { run, palette, text }: EdgesPicture,
  { edge, placed }: EdgePath,
  { count, errors, opacity }: EdgeLook,
): void {
  const times = edge.kind === 'message' && count > 1 ? `×${formatShort(count)}` : '';
  // Said beside the colour, for those who do not see it.
  const failed = errors > 0 ? `✕${formatShort(errors)}` : '';
  if (times === '' && failed === '') return;
  context.font = `600 ${11 * text}px ${palette.font}`;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.lineJoin = 'round';
  context.lineWidth = 4;
  context.setLineDash([]);
  context.globalAlpha = opacity;
  const gap = times !== '' && failed !== '' ? 4 : 0;
  const [wide, more] = [context.measureText(times).width, context.measureText(failed).width];
  const left = placed.labelX - (wide + gap + more) / 2;
  const sender = run.speakerByKey.get(edge.from)?.place ?? -1;
  write(context, palette, times, left, placed.labelY, palette.speakers[sender] ?? palette.inkSoft);
  write(context, palette, failed, left + wide + gap, placed.labelY, palette.tones.bad);
}

function write(
  context: CanvasRenderingContext2D,
  palette: Palette,
  text: string,
  x: number,
  y: number,
  colour: string,
): void {
  context.strokeStyle = palette.paper;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}
