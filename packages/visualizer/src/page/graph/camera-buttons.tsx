import type { CameraControls } from './use-camera.ts';

/** The wheel and the two clicks for those who have neither. */
export function CameraButtons({ camera: { isWhole, zoom, fit } }: { camera: CameraControls }) {
  return (
    <div class="zoom camera-buttons">
      <button type="button" aria-label="Show the whole graph" disabled={isWhole} onClick={fit}>
        ⤢
      </button>
      <button type="button" aria-label="Graph: zoom out" disabled={isWhole} onClick={() => zoom(1 / 1.5)}>
        −
      </button>
      <button type="button" aria-label="Graph: zoom in" onClick={() => zoom(1.5)}>
        +
      </button>
    </div>
  );
}
