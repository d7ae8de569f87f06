import { useState } from 'preact/hooks';
import { visibleText } from '../../text/visible-text.ts';

/** A value as JSON, made only when somebody opens it. */
export function JsonBlock({ title, value }: { title: string; value: unknown }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details class="json" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {isOpen && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: without it a long one is out of the reach of keys
        <pre tabIndex={0}>{visibleText(JSON.stringify(value, null, 2))}</pre>
      )}
    </details>
  );
}
