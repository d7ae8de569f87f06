const MOST = 64;

/** Shows less of the time or more. */
export function ZoomButtons({ zoom, setZoom }: { zoom: number; setZoom: (zoom: number) => void }) {
  return (
    <div class="zoom">
      <button type="button" aria-label="Zoom out" disabled={zoom <= 1} onClick={() => setZoom(zoom / 2)}>
        −
      </button>
      <button type="button" aria-label="Zoom in" disabled={zoom >= MOST} onClick={() => setZoom(zoom * 2)}>
        +
      </button>
    </div>
  );
}
