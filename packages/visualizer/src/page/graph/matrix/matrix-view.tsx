import { useSignal } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import type { MatrixCell } from '../../../matrix/matrix.ts';
import { toMatrix } from '../../../matrix/to-matrix.ts';
import { useBox } from '../../hooks/use-box.ts';
import { useCanvas } from '../../hooks/use-canvas.ts';
import { searchForEdge, searchForNode } from '../../search/search-for.ts';
import type { Store } from '../../state/store.ts';
import type { Palette } from '../../timeline/palette.ts';
import { GraphTip } from '../graph-tip.tsx';
import { edgeWords } from '../part-words.ts';
import { useLooks } from '../use-looks.ts';
import { drawMatrix } from './draw-matrix.ts';
import { type MatrixPlace, matrixGeometry, nextCell, placeAt } from './matrix-geometry.ts';

/** Who talked to whom as a matrix: rows write or ask, columns are written to or asked, the darker the more. */
export function MatrixView({ store, palette }: { store: Store; palette: Palette }) {
  const { run, view, change } = store;
  const { graph } = run;
  const ref = useRef<HTMLDivElement>(null);
  const box = useBox(ref);
  const scroll = useSignal({ x: 0, y: 0 });
  const hover = useSignal<{ place: MatrixPlace; x: number; y: number } | undefined>(undefined);
  const cursor = useSignal<{ row: number; column: number } | undefined>(undefined);
  const isFocused = useSignal(false);
  const { looks, chosen } = useLooks(store);
  const { matrix, rowStarts, most } = useMemo(() => {
    const matrix = toMatrix(graph);
    return {
      matrix,
      rowStarts: startsOfRows(matrix.cells, matrix.rows.length),
      most: matrix.cells.reduce((top, { count }) => Math.max(top, count), 1),
    };
  }, [graph]);
  const nodes = useMemo(() => new Map(graph.nodes.map((node) => [node.key, node])), [graph]);
  const places = useMemo(() => new Map(graph.edges.map(({ key }, place) => [key, place])), [graph]);
  const geometry = matrixGeometry(matrix.rows.length, matrix.columns.length, box.width);

  const { ref: canvas } = useCanvas((context, width, height) => {
    const { edge } = looks.value;
    drawMatrix(context, {
      matrix,
      rowStarts,
      geometry,
      palette,
      scroll: scroll.value,
      width,
      height,
      most,
      // Of two speakers, or of a speaker and a model or a tool, there is one kind of edge.
      look({ edges: [key = ''] }) {
        const place = places.get(key) ?? -1;
        const known = graph.edges[place];
        return known === undefined ? { count: 0, opacity: 0 } : edge(known, place);
      },
      colourOf: ({ key }) => palette.speakers[run.speakerByKey.get(key)?.place ?? -1] ?? palette.inkSoft,
      chosen: chosen.value,
      hovered: hover.value?.place,
      cursor: isFocused.value ? cursor.value : undefined,
    });
  });

  const edgeAt = ({ row, column }: MatrixPlace) => {
    if (row === undefined || column === undefined) return undefined;
    const key = matrix.cells.slice(rowStarts[row], rowStarts[row + 1]).find((cell) => cell.column === column)
      ?.edges[0];
    const place = places.get(key ?? '');
    return place === undefined ? undefined : { place, edge: graph.edges[place] };
  };
  const open = (at: MatrixPlace | undefined) => {
    if (at === undefined) return;
    const { row, column } = at;
    const narrow = (q: string) => change({ q: view.peek().q === q ? undefined : q });
    if (row !== undefined && column !== undefined) {
      const edge = edgeAt(at)?.edge;
      const [from, to] = [nodes.get(edge?.from ?? ''), nodes.get(edge?.to ?? '')];
      if (edge && from && to) narrow(searchForEdge(edge, from, to));
      return;
    }
    const node = nodes.get((row === undefined ? matrix.columns[column ?? -1] : matrix.rows[row])?.key ?? '');
    if (node === undefined) return;
    if (run.speakerByKey.has(node.key))
      change({ agent: view.peek().agent === node.id ? undefined : node.id });
    else narrow(searchForNode(node));
  };
  const pointAt = (event: MouseEvent) => {
    const { left, top } =
      event.currentTarget instanceof Element
        ? event.currentTarget.getBoundingClientRect()
        : { left: 0, top: 0 };
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const hovered = hover.value === undefined ? undefined : edgeAt(hover.value.place);
  const labelOf = (key: string) => nodes.get(key)?.label ?? key;
  return (
    <div class="matrix">
      {/* biome-ignore lint/a11y/useSemanticElements: what is in it is a picture */}
      <div
        ref={ref}
        class={`matrix-scroll${hover.value === undefined ? '' : ' is-over'}`}
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and arrow keys move in it
        tabIndex={0}
        aria-label="Matrix of agents: rows write or ask, columns are written to or asked; arrow keys move, Enter shows only that. The tables below say the same"
        onFocus={() => {
          isFocused.value = true;
          cursor.value ??= { row: 0, column: 0 };
        }}
        onBlur={() => {
          isFocused.value = false;
        }}
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey) return;
          const at = cursor.peek() ?? { row: 0, column: 0 };
          const next = nextCell(geometry, at, event.key);
          if (next !== undefined) {
            cursor.value = next;
            hover.value = undefined;
            reveal(event.currentTarget, geometry, next);
          } else if (event.key === 'Enter') open(at);
          else return;
          event.preventDefault();
        }}
        onScroll={({ currentTarget: { scrollLeft, scrollTop } }) => {
          scroll.value = { x: scrollLeft, y: scrollTop };
          hover.value = undefined;
        }}
        onPointerMove={(event) => {
          const point = pointAt(event);
          const place = placeAt(geometry, point, scroll.peek());
          hover.value = place && { place, ...point };
        }}
        onPointerLeave={() => {
          hover.value = undefined;
        }}
        onClick={(event) => {
          const at = placeAt(geometry, pointAt(event), scroll.peek());
          if (at?.row !== undefined && at.column !== undefined)
            cursor.value = { row: at.row, column: at.column };
          open(at);
        }}
      >
        <div class="matrix-room" style={{ width: `${geometry.width}px`, height: `${geometry.height}px` }}>
          <canvas
            ref={canvas}
            style={{ width: `${box.width}px`, height: `${box.height}px` }}
            aria-hidden="true"
          />
        </div>
      </div>
      {hover.value !== undefined && hovered !== undefined && (
        <GraphTip
          graph={graph}
          labelOf={labelOf}
          hover={{ type: 'edge', place: hovered.place, x: hover.value.x, y: hover.value.y }}
          width={box.width}
          height={box.height}
        />
      )}
      <p class="hint matrix-note">
        Rows write or ask, columns are written to or asked; who talk with each other stand together.
      </p>
      <p class="hidden" role="status">
        {isFocused.value && cursor.value !== undefined && cellText(cursor.value)}
      </p>
    </div>
  );

  function cellText(at: { row: number; column: number }): string {
    const edge = edgeAt(at)?.edge;
    const words = edge === undefined ? 'nothing' : edgeWords(edge).join(', ');
    return `${matrix.rows[at.row]?.label} to ${matrix.columns[at.column]?.label}: ${words}`;
  }
}

/** Cells are by row: where each row's begin. */
function startsOfRows(cells: readonly MatrixCell[], rows: number): Uint32Array {
  const starts = new Uint32Array(rows + 1);
  for (const { row } of cells) starts[row + 1] = (starts[row + 1] ?? 0) + 1;
  for (let row = 0; row < rows; row++) starts[row + 1] = (starts[row + 1] ?? 0) + (starts[row] ?? 0);
  return starts;
}

/** Scrolls a cell out from under the names. */
function reveal(
  box: HTMLElement,
  { side, left, top }: { side: number; left: number; top: number },
  { row, column }: { row: number; column: number },
): void {
  const roomX = box.clientWidth - left - side;
  const roomY = box.clientHeight - top - side;
  box.scrollLeft = Math.min(column * side, Math.max(box.scrollLeft, column * side - roomX));
  box.scrollTop = Math.min(row * side, Math.max(box.scrollTop, row * side - roomY));
}
