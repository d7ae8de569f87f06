import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** Brings an element into view when it becomes the selected one, moving as little as possible. */
export function useScrollIntoView<T extends Element>(isSelected: boolean): RefObject<T | null> {
  const ref = useRef<T>(null);
  useEffect(() => {
    if (isSelected) ref.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isSelected]);
  return ref;
}
