import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { formatSelection, parseSelection, type Selection } from '../model/selection.ts';

/** Changes part of the selection; `replace` leaves no step for the back button. */
export type Select = (change: Partial<Selection>, how?: 'push' | 'replace') => void;

/** The selection in the URL's hash, which is the only place where it is kept. */
export function useSelection(): [Selection, Select] {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const read = () => setHash(location.hash);
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  const select = useCallback<Select>((change, how = 'push') => {
    const next = formatSelection({ ...parseSelection(location.hash), ...change });
    if (how === 'replace') location.replace(next);
    else location.hash = next;
    // At once, because the event comes later than a second key may.
    setHash(location.hash);
  }, []);
  return [useMemo(() => parseSelection(hash), [hash]), select];
}
