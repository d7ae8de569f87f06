import { useMemo } from 'preact/hooks';
import { useCanvas } from '../hooks/use-canvas.ts';
import { momentText } from '../model/moment.ts';
import { Icon } from '../parts/icon.tsx';
import type { Store } from '../state/store.ts';
import type { Palette } from '../timeline/palette.ts';
import { Brush } from './brush.tsx';
import { countOverTime } from './histogram.ts';
import type { Playback } from './use-playback.ts';

/** Slices of the run's time in the picture. */
const SLICES = 400;

interface OverviewProps {
  store: Store;
  palette: Palette;
  playback: Playback;
}

/** The whole run at a glance: how busy it was, what of it is shown, and the moment that is looked at. */
export function Overview({ store, palette, playback }: OverviewProps) {
  const { run, playhead } = store;
  const histogram = useMemo(() => countOverTime(run, SLICES), [run]);
  const { ref } = useCanvas((context, width, height) => {
    context.clearRect(0, 0, width, height);
    const step = width / SLICES;
    const tall = (count: number) => (histogram.most === 0 ? 0 : (count / histogram.most) * (height - 6));
    context.fillStyle = palette.inkFaint;
    context.globalAlpha = 0.55;
    context.beginPath();
    context.moveTo(0, height);
    histogram.calls.forEach((count, slice) => {
      context.lineTo(slice * step, height - tall(count));
      context.lineTo((slice + 1) * step, height - tall(count));
    });
    context.lineTo(width, height);
    context.fill();
    context.globalAlpha = 1;
    context.fillStyle = palette.tones.bad;
    histogram.troubles.forEach((count, slice) => {
      if (count > 0)
        context.fillRect(slice * step - 0.5, 0, Math.max(2, step), 2 + (6 * count) / histogram.mostTroubles);
    });
  });
  const at = playhead.value;
  return (
    <section class="overview" aria-label="Time">
      <button
        type="button"
        class="tool play"
        aria-label={playback.isPlaying.value ? 'Pause' : 'Play'}
        title={`Space · ${playback.speed > 1.05 ? `${playback.speed.toFixed(playback.speed < 10 ? 1 : 0)} times as fast` : 'as fast as it was'}`}
        onClick={playback.toggle}
      >
        <Icon name={playback.isPlaying.value ? 'pause' : 'play'} />
      </button>
      <div class="strip">
        <div class="strip-picture" aria-hidden="true">
          <canvas ref={ref} />
        </div>
        <Brush store={store} />
        <input
          class="playhead"
          type="range"
          min="0"
          max={run.end}
          step="1"
          value={at ?? run.end}
          aria-label="Playhead"
          aria-valuetext={at === undefined ? 'at the end' : momentText(run, at)}
          onInput={({ currentTarget }) => {
            const next = Number(currentTarget.value);
            playhead.value = next >= run.end ? undefined : next;
          }}
        />
      </div>
      <output class="moment">{momentText(run, at ?? run.end - 1)}</output>
    </section>
  );
}
