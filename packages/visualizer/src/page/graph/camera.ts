/** How a picture's own units become pixels on the screen: `screen = picture * scale + (x, y)`. */
export interface Camera {
  scale: number;
  x: number;
  y: number;
}

interface Size {
  width: number;
  height: number;
}

/** Small pictures are not blown up to more than this. */
const LARGEST_FIT = 1.35;
/** How close one can get. */
const CLOSEST = 8;

/** The whole picture in the middle of a box. */
export function fitCamera(picture: Size, box: Size): Camera {
  const scale = Math.min(
    LARGEST_FIT,
    Math.max(1, box.width) / Math.max(1, picture.width),
    Math.max(1, box.height) / Math.max(1, picture.height),
  );
  return {
    scale,
    x: (box.width - picture.width * scale) / 2,
    y: (box.height - picture.height * scale) / 2,
  };
}

/** Closer or further; what is at (x, y) on the screen stays there. Never further than `fit`. */
export function zoomCamera(camera: Camera, fit: Camera, factor: number, x: number, y: number): Camera {
  const scale = Math.min(Math.max(camera.scale * factor, fit.scale), Math.max(CLOSEST, fit.scale));
  if (scale === fit.scale) return fit;
  const by = scale / camera.scale;
  return { scale, x: x - (x - camera.x) * by, y: y - (y - camera.y) * by };
}

/** Moved by so many pixels, as far as some of the picture stays in the box. */
export function panCamera(camera: Camera, picture: Size, box: Size, dx: number, dy: number): Camera {
  return {
    scale: camera.scale,
    x: within(camera.x + dx, picture.width * camera.scale, box.width),
    y: within(camera.y + dy, picture.height * camera.scale, box.height),
  };
}

function within(start: number, length: number, room: number): number {
  const rest = Math.min(length, room) / 2;
  return Math.min(Math.max(start, rest - length), room - rest);
}
