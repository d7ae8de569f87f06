import type { Store } from '../state/store.ts';
import { TranscriptItem } from './transcript-item.tsx';
import { VirtualList } from './virtual-list.tsx';

/** Up to this many entries stand there whole, so that the browser's own search finds them. */
const MOST_WHOLE = 400;
/** Of an entry that is cut to its beginning. */
const ROW_HEIGHT = 92;

/** What was said, in order. A run without messages is told by the replies of its calls. */
export function Transcript({ store }: { store: Store }) {
  const { run, wanted } = store;
  const type = run.messages.count === 0 ? 'call' : 'message';
  const places = type === 'call' ? wanted.value.calls : wanted.value.messages;
  const selected = selectedPlace(store);
  const isSelected = (place: number) => place === selected;
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
        selected={selected === undefined ? undefined : places.indexOf(selected)}
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

/** The entry that is about what is in the drawer. */
function selectedPlace({ run: { messages, messagePlaces }, call, view }: Store): number | undefined {
  if (call.value === undefined) return messagePlaces.get(view.value.message ?? '');
  if (messages.count === 0) return call.value;
  const place = messages.call.indexOf(call.value);
  return place < 0 ? undefined : place;
}
