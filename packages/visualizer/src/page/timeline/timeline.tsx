import { useComputed, useSignal } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import { formatCount, plural } from '../../text/format.ts';
import { timeTicks } from '../../text/time-ticks.ts';
import { useShownPath } from '../analysis/use-shown-path.ts';
import { useBox } from '../hooks/use-box.ts';
import { useCanvas } from '../hooks/use-canvas.ts';
import { SpeakerName } from '../parts/speaker-name.tsx';
import type { Store } from '../state/store.ts';
import { drawTimeline } from './draw-timeline.ts';
import { type Hit, hitTest } from './hit-test.ts';
import { concerned, layoutLanes } from './lanes.ts';
import type { Palette } from './palette.ts';
import { createScale } from './scale.ts';
import { TimelineAxis } from './timeline-axis.tsx';
import { TimelineTip } from './timeline-tip.tsx';
import { type PointerActions, useNavigation } from './use-navigation.ts';
import { ZoomButtons } from './zoom-buttons.tsx';

/** Room for the names of the lanes, in CSS pixels: wide, and on a narrow screen. */
const LABELS = { wide: 148, narrow: 96, narrowBelow: 520 };
const PIXELS_PER_TICK = 90;

/** When everything happened: a lane per agent, a bar per call, a mark per message. */
export function Timeline({ store, palette }: { store: Store; palette: Palette }) {
  const { run, matches, isFiltered, window: timeWindow, playhead, call, change } = store;
  const lanes = useComputed(() =>
    layoutLanes(run, isFiltered.value ? concerned(run, matches.value) : undefined),
  ).value;
  const scroller = useRef<HTMLDivElement>(null);
  const box = useBox(scroller);
  const scrollTop = useSignal(0);
  const hover = useSignal<{ hit: Hit; x: number; y: number } | undefined>(undefined);

  const path = useShownPath(store);
  const labels = box.width < LABELS.narrowBelow ? LABELS.narrow : LABELS.wide;
  const width = Math.max(0, box.width - labels);
  const height = Math.min(lanes.height, box.height);
  const scale = createScale(timeWindow.value, width);
  const ticks = timeTicks(timeWindow.value, width / PIXELS_PER_TICK);

  const { ref } = useCanvas((context, wide, tall) =>
    drawTimeline(context, {
      run,
      lanes,
      matches: matches.value,
      palette,
      scale: createScale(timeWindow.value, wide),
      width: wide,
      height: tall,
      scrollTop: scrollTop.value,
      ticks: timeTicks(timeWindow.value, wide / PIXELS_PER_TICK),
      playhead: playhead.value,
      selected: call.value,
      path: path.value,
      hovered: hover.value?.hit.type === 'call' ? hover.value.hit.place : undefined,
    }),
  );
  const hit = (x: number, y: number) => hitTest(run, lanes, scale, x, y + scrollTop.peek());
  const actions = useRef<PointerActions>(null);
  actions.current = {
    onClick(x, y) {
      const found = hit(x, y);
      if (found === undefined) change({ call: undefined, message: undefined });
      else change(openedBy(run, found));
    },
    onMove(x, y) {
      const found = hit(x, y);
      hover.value = found === undefined ? undefined : { hit: found, x, y };
    },
    onLeave() {
      hover.value = undefined;
    },
  };
  useNavigation(ref, store, actions);

  const names = useMemo(() => {
    const top = scrollTop.value;
    return lanes.rows.filter((lane) => lane.top + lane.height > top && lane.top < top + box.height);
  }, [lanes, scrollTop.value, box.height]);
  return (
    <section class="panel timeline-panel" aria-labelledby="timeline-title">
      <div class="panel-head">
        <h2 id="timeline-title">Timeline</h2>
        <ul class="legend" aria-hidden="true">
          <li class="legend-ok">ok</li>
          <li class="legend-bad">failed</li>
          <li class="legend-warn">cut short</li>
          <li class="legend-mark">message</li>
        </ul>
        <ZoomButtons store={store} />
      </div>
      <div class="timeline" style={{ '--labels': `${labels}px` }}>
        <div class="timeline-axis">
          {width > 0 && <TimelineAxis run={run} ticks={ticks} scale={scale} width={width} />}
        </div>
        <div
          class="timeline-scroll"
          ref={scroller}
          onScroll={({ currentTarget }) => {
            scrollTop.value = currentTarget.scrollTop;
            hover.value = undefined;
          }}
        >
          <div class="timeline-rows" style={{ height: `${lanes.height}px` }}>
            <ul class="lane-names">
              {names.map(({ speaker, top, height: tall }) => (
                <li key={speaker.id} style={{ top: `${top}px`, height: `${tall}px` }}>
                  <SpeakerName run={run} id={speaker.id} />
                </li>
              ))}
            </ul>
            <canvas
              ref={ref}
              class={hover.value === undefined ? 'lanes' : 'lanes is-over'}
              style={{ height: `${height}px` }}
              role="img"
              aria-label={`Calls over time: ${plural(run.calls.count, 'call')} in ${plural(lanes.rows.length, 'lane')}. The list of calls says the same.`}
            />
          </div>
        </div>
        {hover.value !== undefined && (
          <TimelineTip
            run={run}
            hit={hover.value.hit}
            x={hover.value.x + labels}
            y={hover.value.y}
            width={box.width}
          />
        )}
      </div>
      {lanes.rows.length === 0 && (
        <p class="empty">
          {isFiltered.value
            ? `None of ${formatCount(run.calls.count)} calls is like that.`
            : 'Nobody asked anything.'}
        </p>
      )}
    </section>
  );
}

/** What a click opens: a call, the call that made a message, or the message itself. */
function openedBy({ calls, messages }: Store['run'], { type, place }: Hit) {
  const callPlace = type === 'call' ? place : (messages.call[place] ?? -1);
  const id = calls.id[callPlace];
  return id === undefined
    ? { call: undefined, message: messages.id[place] }
    : { call: id, message: undefined };
}
