import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { formatCount } from '../../../text/format.ts';
import { momentText } from '../../model/moment.ts';
import { SpeakerName } from '../../parts/speaker-name.tsx';
import type { Store } from '../../state/store.ts';
import { isOpenAt, nodeOpacity } from './calls-fade.ts';
import { callsPicture, playheadX } from './calls-picture.ts';
import { CallsPictureShapes } from './calls-picture-shapes.tsx';
import { nearestPart, type Part } from './nearest-part.ts';
import { nextNode } from './next-node.ts';

/** More shapes than this would not be quick, and nobody would see them all. */
const MOST_NODES = 1000;
/** The share of the run after which a trace has faded by half. */
const HALF_LIFE = 0.04;
/** How far from the border the playhead is kept, in pixels. */
const EDGE = 80;

/** Everything that happened, a node each: time from left to right, a lane per agent. */
export function CallsView({ store }: { store: Store }) {
  const { run, playhead, change, wanted } = store;
  const scroller = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const part = useShownPart(store);
  const opened = useSignal<ReadonlySet<string>>(new Set());
  const picture = useMemo(() => callsPicture(run, part.matches, opened.value), [run, part, opened.value]);
  const { graph, layout, idsOf } = picture;
  const selected = useMemo(() => {
    const [call, message] = [store.view.value.call, store.view.value.message];
    const isIt = ({ kind }: { kind: string }, ids: string[]) =>
      (kind === 'call' && call !== undefined && ids.includes(call)) ||
      (kind === 'message' && message !== undefined && ids.includes(message));
    const place = graph.nodes.findIndex((node) => isIt(node, idsOf(node)));
    return place < 0 ? undefined : place;
  }, [picture, store.view.value.call, store.view.value.message]);
  const cursor = useSignal(0);
  const at = Math.min(cursor.value, graph.nodes.length - 1);
  useEffect(() => {
    if (selected === undefined) return;
    cursor.value = selected;
    reveal(scroller.current, layout.x[selected] ?? 0, layout.y[selected] ?? 0);
  }, [selected, layout]);
  const isPicked = useRef(false);
  useLayoutEffect(() => {
    if (!isPicked.current) return;
    isPicked.current = false;
    svg.current?.querySelector<SVGElement>(`.happening[data-place="${at}"]`)?.focus();
  }, [at]);

  useSignalEffect(() => {
    const picture = svg.current;
    const now = playhead.value;
    if (picture === null) return;
    const atMs = run.origin + (now ?? run.end);
    const halfLife = HALF_LIFE * run.end;
    for (const element of picture.querySelectorAll<SVGElement>('.happening')) {
      const node = graph.nodes[Number(element.dataset.place)];
      if (node === undefined) continue;
      const opacity = now === undefined ? '1' : String(nodeOpacity(node, atMs, halfLife));
      if (element.style.opacity !== opacity) element.style.opacity = opacity;
      element.classList.toggle('is-waiting', isOpenAt(node, atMs));
    }
    const line = picture.querySelector<SVGElement>('.calls-playhead');
    line?.toggleAttribute('hidden', now === undefined);
    if (line === null || now === undefined) return;
    const x = playheadX({ graph, layout, idsOf }, atMs);
    line.setAttribute('transform', `translate(${x.toFixed(1)} 0)`);
    for (const edge of picture.querySelectorAll<SVGElement>('.calls-edge'))
      edge.classList.toggle('is-later', (layout.x[Number(edge.dataset.to)] ?? 0) > x);
    const box = scroller.current;
    if (box !== null && (x < box.scrollLeft + EDGE || x > box.scrollLeft + box.clientWidth - EDGE))
      box.scrollLeft = x - box.clientWidth / 3;
  });

  const open = (place: number) => {
    const node = graph.nodes[place];
    if (node === undefined) return;
    cursor.value = place;
    // Of a tool call, the call whose reply asked for it.
    const asked =
      node.kind === 'tool' ? graph.edges.find(({ kind, to }) => kind === 'used' && to === place) : undefined;
    const opens = asked === undefined ? node : graph.nodes[asked.from];
    const [id] = opens === undefined ? [] : idsOf(opens);
    if (opens?.kind === 'message') {
      const call = run.messages.call[run.messagePlaces.get(id ?? '') ?? -1] ?? -1;
      const callId = run.calls.id[call];
      change(callId === undefined ? { call: undefined, message: id } : { call: callId, message: undefined });
    } else change({ call: id, message: undefined });
  };
  const placeOf = (event: Event) => {
    const place = (event.target as Element).closest<SVGElement>('.happening')?.dataset.place;
    return place === undefined ? undefined : Number(place);
  };
  if (graph.nodes.length === 0)
    return (
      <p class="empty">
        {wanted.value.calls.length + wanted.value.messages.length > 0
          ? 'What there is names nobody.'
          : 'Nothing that happened is like that.'}
      </p>
    );
  return (
    <div class="calls-view">
      {part.shown < part.all && (
        <p class="hint calls-note" role="status">
          {formatCount(part.shown)} of {formatCount(part.all)} calls, tool calls and messages, from{' '}
          {momentText(run, part.from)} to {momentText(run, part.to)}. Move the playhead or open a call to see
          others; choose an agent or search to see fewer.
        </p>
      )}
      <div class="calls-scroll" ref={scroller}>
        <div class="calls-canvas" style={{ width: `${layout.width + 110}px`, height: `${layout.height}px` }}>
          <ul class="calls-lanes" aria-hidden="true">
            {graph.lanes.map(({ key, id }, lane) => (
              <li key={key} style={{ top: `${(layout.laneY[lane] ?? 0) - 9}px` }}>
                <SpeakerName run={run} id={id} />
              </li>
            ))}
          </ul>
          {/* biome-ignore lint/a11y/useSemanticElements: the picture is SVG, which has no fieldset */}
          <svg
            ref={svg}
            class="calls-picture"
            width={layout.width}
            height={layout.height}
            role="group"
            aria-label="Calls, messages and tool calls in the order of time; arrow keys move, Enter opens"
            onClick={(event) => {
              const place = placeOf(event);
              if (place !== undefined) open(place);
            }}
            onKeyDown={(event) => {
              const place = placeOf(event);
              if (place === undefined) return;
              const next = nextNode(picture, place, event.key);
              if (next !== undefined) {
                isPicked.current = next !== place;
                cursor.value = next;
                reveal(scroller.current, layout.x[next] ?? 0, layout.y[next] ?? 0);
              } else if (event.key === 'Enter' || event.key === ' ') open(place);
              else return;
              event.preventDefault();
            }}
          >
            <line class="calls-playhead" y1={0} y2={layout.height} />
            <CallsPictureShapes
              run={run}
              picture={picture}
              selected={selected}
              cursor={at}
              onToggle={(loop) => {
                const next = new Set(opened.peek());
                if (!next.delete(loop)) next.add(loop);
                opened.value = next;
              }}
            />
          </svg>
        </div>
      </div>
    </div>
  );
}

/** What is drawn: all that is wanted, or the part around what is selected or the playhead. */
function useShownPart({ run, wanted, call, view, playhead }: Store): Part {
  const last = useRef<{ part: Part; wanted: unknown } | undefined>(undefined);
  return useComputed(() => {
    const all = wanted.value;
    const message = run.messagePlaces.get(view.value.message ?? '');
    const opened = call.value === undefined ? undefined : run.calls.start[call.value];
    const said = message === undefined ? undefined : run.messages.at[message];
    const focus = playhead.value ?? opened ?? said ?? 0;
    const known = last.current?.wanted === all ? last.current.part : undefined;
    // While the playhead moves through what is there, that stays as it is.
    if (known !== undefined && (known.shown === known.all || (focus >= known.from && focus <= known.to)))
      return known;
    const part = nearestPart(run, all, focus, MOST_NODES);
    last.current = { part, wanted: all };
    return part;
  }).value;
}

/** Scrolls a point of the picture into view. */
function reveal(box: HTMLElement | null, x: number, y: number): void {
  if (box === null) return;
  if (x < box.scrollLeft + EDGE / 2 || x > box.scrollLeft + box.clientWidth - EDGE)
    box.scrollLeft = x - box.clientWidth / 2;
  if (y < box.scrollTop + EDGE / 2 || y > box.scrollTop + box.clientHeight - EDGE / 2)
    box.scrollTop = y - box.clientHeight / 2;
}
