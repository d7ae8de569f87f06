import { useEffect, useState } from 'preact/hooks';
import { formatCount, plural } from '../../text/format.ts';
import { Icon } from '../parts/icon.tsx';
import type { Store } from '../state/store.ts';
import { findInBodies } from './find-in-bodies.ts';

/** What is looked for; everything on the page is about what is found. */
export function SearchBox({ store }: { store: Store }) {
  const { view, query, wanted, change, run } = store;
  const unread = useBodySearch(store);
  const { problems, terms } = query.value;
  return (
    <search class="search">
      <Icon name="search" />
      <input
        id="search"
        type="search"
        value={view.value.q ?? ''}
        placeholder="agent:x  status:error  cost>0.01"
        aria-label="Search"
        aria-keyshortcuts="/"
        aria-describedby="search-result"
        autocomplete="off"
        spellcheck={false}
        onInput={({ currentTarget }) => change({ q: currentTarget.value || undefined }, 'replace')}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          if (event.currentTarget.value === '') event.currentTarget.blur();
          change({ q: undefined }, 'replace');
          event.preventDefault();
        }}
      />
      <span
        id="search-result"
        class={problems.length > 0 ? 'search-result is-bad' : 'search-result'}
        role="status"
      >
        {problems[0] ??
          (terms.length > 0
            ? `${formatCount(wanted.value.calls.length)} of ${plural(run.calls.count, 'call')}`
            : '')}
        {unread > 0 && `; ${plural(unread, 'part')} of this document cannot be read`}
      </span>
    </search>
  );
}

/**
 * Looks through everything that was said while somebody reads what the columns have found.
 *
 * @returns how many blocks could not be looked through
 */
function useBodySearch({ run, query, bodyMatches }: Store): number {
  const wanted = query.value;
  const [unread, setUnread] = useState(0);
  useEffect(() => {
    bodyMatches.value = undefined;
    setUnread(0);
    if (!wanted.terms.some((term) => term.type === 'text' && !term.not)) return;
    const stop = new AbortController();
    // Typing goes on.
    const start = setTimeout(async () => {
      for await (const { matches, progress, unread } of findInBodies(run, wanted, stop.signal)) {
        if (progress < 1) continue;
        bodyMatches.value = { ...matches };
        setUnread(unread);
      }
    }, 250);
    return () => {
      clearTimeout(start);
      stop.abort();
    };
  }, [run, wanted, bodyMatches]);
  return unread;
}
