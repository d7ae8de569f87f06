import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useBox } from '../hooks/use-box.ts';

/** Rows above and below what is visible, so that scrolling shows no gaps. */
const SPARE = 12;

interface VirtualListProps {
  /** How many rows there are. */
  count: number;
  /** Of each, in CSS pixels. */
  rowHeight: number;
  /** The row to bring into view. */
  selected: number | undefined;
  class: string;
  label: string;
  row: (index: number) => ComponentChildren;
}

/** A list of any length: only the rows that can be seen are there. */
export function VirtualList({ count, rowHeight, selected, class: name, label, row }: VirtualListProps) {
  const ref = useRef<HTMLDivElement>(null);
  const { height } = useBox(ref);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element !== null && element.scrollTop > count * rowHeight) element.scrollTop = 0;
  }, [count, rowHeight]);
  useEffect(() => {
    const element = ref.current;
    if (element === null || selected === undefined || selected < 0) return;
    const at = selected * rowHeight;
    if (at < element.scrollTop) element.scrollTop = at;
    else if (at + rowHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = at + rowHeight - element.clientHeight;
  }, [selected, rowHeight]);
  const first = Math.max(0, Math.floor(top / rowHeight) - SPARE);
  const last = Math.min(count, Math.ceil((top + height) / rowHeight) + SPARE);
  return (
    <div
      class={`virtual ${name}`}
      ref={ref}
      onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
    >
      <ol aria-label={label} style={{ height: `${count * rowHeight}px` }}>
        {Array.from({ length: Math.max(0, last - first) }, (_, offset) => first + offset).map((index) => (
          <li
            key={index}
            style={{ top: `${index * rowHeight}px`, height: `${rowHeight}px` }}
            aria-setsize={count}
            aria-posinset={index + 1}
          >
            {row(index)}
          </li>
        ))}
      </ol>
    </div>
  );
}
