import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Camera, fitCamera, panCamera, zoomCamera } from './camera.ts';

const length = fc.integer({ min: 1, max: 5000 });
const size = fc.record({ width: length, height: length });
const point = fc.integer({ min: 0, max: 2000 });
const toPicture = ({ scale, x, y }: Camera, [atX, atY]: [number, number]) => [
  (atX - x) / scale,
  (atY - y) / scale,
];

describe('the camera', () => {
  it('fits any picture into any box', () => {
    fc.assert(
      fc.property(size, size, (picture, box) => {
        const { scale, x, y } = fitCamera(picture, box);
        expect(x).toBeGreaterThanOrEqual(-0.001);
        expect(y).toBeGreaterThanOrEqual(-0.001);
        expect(x + picture.width * scale).toBeLessThanOrEqual(box.width + 0.001);
        expect(y + picture.height * scale).toBeLessThanOrEqual(box.height + 0.001);
      }),
    );
  });

  it('keeps what is under the pointer there while it zooms', () => {
    fc.assert(
      fc.property(size, size, point, point, (picture, box, x, y) => {
        const fit = fitCamera(picture, box);
        const near = zoomCamera(fit, fit, 2, x, y);
        const [before, after] = [toPicture(fit, [x, y]), toPicture(near, [x, y])];
        expect(after[0]).toBeCloseTo(before[0] ?? 0, 3);
        expect(after[1]).toBeCloseTo(before[1] ?? 0, 3);
      }),
    );
  });

  it('comes back to the whole when it zooms out', () => {
    const fit = fitCamera({ width: 600, height: 400 }, { width: 500, height: 500 });
    expect(zoomCamera(zoomCamera(fit, fit, 3, 10, 10), fit, 0.1, 400, 20)).toBe(fit);
  });

  it('does not lose the picture, however far it is dragged', () => {
    fc.assert(
      fc.property(size, size, fc.integer(), fc.integer(), (picture, box, dx, dy) => {
        const { x, y, scale } = panCamera(fitCamera(picture, box), picture, box, dx, dy);
        expect(x).toBeLessThan(box.width);
        expect(y).toBeLessThan(box.height);
        expect(x + picture.width * scale).toBeGreaterThan(0);
        expect(y + picture.height * scale).toBeGreaterThan(0);
      }),
    );
  });
});
