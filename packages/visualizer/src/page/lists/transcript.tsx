import { useMemo } from 'preact/hooks';
import type { Store } from '../state/store.ts';
import { TranscriptItem } from './transcript-item.tsx';
import { VirtualList } from './virtual-list.tsx';
import { wantedPlaces } from './wanted-places.ts';

/** Up to this many entries stand there whole, so that the browser's own search finds them. */
const MOST_WHOLE = 400;
/** Of an entry that is cut to its beginning. */
const ROW_HEIGHT = 92;

/** What was said, in order. A run without messages is told by the replies of its calls. */
export function Transcript({ store }: { store: Store }) {
  const { run, matches, call, view } = store;
  const type = run.messages.count === 0 ? 'call' : 'message';
  const places = useMemo(
    () => wantedPlaces(type === 'call' ? matches.value.calls : matches.value.messages),
    [matches.value, type],
  );
  const isSelected = (place: number) =>
    type === 'call'
      ? place === call.value
      : run.messages.id[place] === view.value.message ||
        (call.value !== undefined && run.messages.call[place] === call.value);
  const hint = type === 'call' && places.length > 0 && (
    <p class="hint">No messages between agents are on record; these are the replies to the calls.</p>
  );
  if (places.length === 0) return <p class="empty">Nothing was said.</p>;
  if (places.length <= MOST_WHOLE) {
    return (
      <>
        {hint}
        <ol class="transcript" aria-label="Transcript">
          {Array.from(places, (place) => (
            <li key={place}>
              <TranscriptItem
                store={store}
                type={type}
                place={place}
                isSelected={isSelected(place)}
                isWhole
              />
            </li>
          ))}
        </ol>
      </>
    );
  }
  return (
    <>
      {hint}
      <VirtualList
        count={places.length}
        rowHeight={ROW_HEIGHT}
        selected={places.findIndex(isSelected)}
        class="transcript"
        label="Transcript"
        row={(index) => {
          const place = places[index] ?? 0;
          return (
            <TranscriptItem
              store={store}
              type={type}
              place={place}
              isSelected={isSelected(place)}
              isWhole={false}
            />
          );
        }}
      />
    </>
  );
}
