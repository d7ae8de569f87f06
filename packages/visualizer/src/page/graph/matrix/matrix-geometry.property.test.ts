import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matrixGeometry, nextCell, placeAt } from './matrix-geometry.ts';

const count = fc.integer({ min: 1, max: 10_000 });

describe('a matrix', () => {
  it('finds each cell where it is drawn, however it is scrolled', () => {
    fc.assert(
      fc.property(count, count, fc.nat(2000), fc.nat(), fc.nat(), (rows, columns, room, r, c) => {
        const geometry = matrixGeometry(rows, columns, room);
        const { left, top, side } = geometry;
        const [row, column] = [r % rows, c % columns];
        const scroll = { x: column * side, y: row * side };
        const middle = { x: left + side / 2, y: top + side / 2 };
        expect(placeAt(geometry, middle, scroll)).toEqual({ row, column });
        expect(placeAt(geometry, { ...middle, x: 5 }, scroll)).toEqual({ row });
        expect(placeAt(geometry, { ...middle, y: 5 }, scroll)).toEqual({ column });
      }),
    );
  });

  it('has nothing in its corner and beyond its border', () => {
    const geometry = matrixGeometry(2, 3, 500);
    const still = { x: 0, y: 0 };
    expect(placeAt(geometry, { x: 5, y: 5 }, still)).toBeUndefined();
    expect(placeAt(geometry, { x: geometry.width, y: geometry.top + 1 }, still)).toBeUndefined();
    expect(placeAt(geometry, { x: geometry.left + 1, y: geometry.height }, still)).toBeUndefined();
  });

  it('is not left by arrow keys', () => {
    const geometry = matrixGeometry(2, 3, 500);
    const keys = ['ArrowUp', 'ArrowLeft', 'ArrowDown', 'ArrowDown', 'End', 'ArrowRight', 'ArrowUp', 'Home'];
    let cell = { row: 0, column: 0 };
    const walked = keys.map((key) => {
      cell = nextCell(geometry, cell, key) ?? cell;
      return [cell.row, cell.column];
    });
    expect(walked).toEqual([
      [0, 0],
      [0, 0],
      [1, 0],
      [1, 0],
      [1, 2],
      [1, 2],
      [0, 2],
      [0, 0],
    ]);
    expect(nextCell(geometry, cell, 'x')).toBeUndefined();
  });
});
