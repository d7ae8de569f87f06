import { useCallback, useEffect, useState } from 'preact/hooks';
import { formatSelection, parseSelection, type Selection } from '../model/selection.ts';

/** Changes part of the selection; `replace` leaves no step for the back button. */
export type Select = (change: Partial<Selection>, how?: 'push' | 'replace') => void;

/** The selection in the URL's hash, which is the only place where it is kept. */
export function useSelection(): [Selection, Select] {
  const [selection, setSelection] = useState(() => parseSelection(location.hash));
  useEffect(() => {
    const read = () => setSelection(parseSelection(location.hash));
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  const select = useCallback<Select>((change, how = 'push') => {
    const hash = formatSelection({ ...parseSelection(location.hash), ...change });
    if (how === 'replace') location.replace(hash);
    else location.hash = hash;
  }, []);
  return [selection, select];
}
