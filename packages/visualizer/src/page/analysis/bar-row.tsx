import type { ComponentChildren } from 'preact';

interface BarRowProps {
  name: ComponentChildren;
  /** What stands beside the bar. */
  value: string;
  /** What stands behind the figure. */
  note?: string;
  /** Parts of the whole width, 0 to 1, drawn one behind the other in ever fainter tones. */
  parts: readonly number[];
  colour?: string | undefined;
  title?: string | undefined;
}

/** A name, a small bar and its figure. */
export function BarRow({ name, value, note, parts, colour = 'var(--accent)', title }: BarRowProps) {
  return (
    <li class="bar-row" style={{ '--c': colour }} title={title}>
      <span class="bar-name">{name}</span>
      <span class="bar" aria-hidden="true">
        {parts.map((part, index) => (
          <i key={index} style={{ width: `${Math.min(100, Math.max(0, part * 100)).toFixed(2)}%` }} />
        ))}
      </span>
      <span class="bar-value">
        {value} {note !== undefined && <span class="bar-note">{note}</span>}
      </span>
    </li>
  );
}
