import { useEffect, useRef } from 'preact/hooks';
import type { Select } from '../hooks/use-selection.ts';
import type { RunModel } from '../model/run-model.ts';
import type { Selection } from '../model/selection.ts';
import { CallDetails } from './call-details.tsx';
import { Icon } from './icon.tsx';
import { MessageDetails } from './message-details.tsx';

interface DrawerProps {
  run: RunModel;
  selection: Selection;
  select: Select;
  step: (by: 1 | -1) => void;
}

/** Everything about one call, or about a message that no call made. */
export function Drawer({ run, selection, select, step }: DrawerProps) {
  const ref = useRef<HTMLElement>(null);
  const timed = selection.call === undefined ? undefined : run.callById.get(selection.call);
  const message = run.tree.messages.find(({ id }) => id === selection.message);
  const id = timed?.call.id ?? message?.id;
  const opener = useRef<Element | null>(null);
  const isOpen = id !== undefined;
  useEffect(() => {
    if (!isOpen) return;
    opener.current = document.activeElement;
    ref.current?.focus({ preventScroll: true });
    return () => {
      // Back to where the reader was.
      if (opener.current instanceof HTMLElement || opener.current instanceof SVGElement)
        opener.current.focus();
    };
  }, [isOpen]);
  if (!isOpen) return null;
  return (
    <aside class="drawer" ref={ref} tabIndex={-1} aria-label={timed ? `Call ${id}` : `Message ${id}`}>
      <div class="drawer-tools">
        {timed && (
          <>
            <button type="button" class="tool" aria-label="Previous call" onClick={() => step(-1)}>
              <Icon name="up" />
            </button>
            <button type="button" class="tool" aria-label="Next call" onClick={() => step(1)}>
              <Icon name="down" />
            </button>
          </>
        )}
        <code class="drawer-id">{id}</code>
        <button
          type="button"
          class="tool"
          aria-label="Close"
          onClick={() => select({ call: undefined, message: undefined })}
        >
          <Icon name="close" />
        </button>
      </div>
      <div class="drawer-body" key={id}>
        {timed ? (
          <CallDetails run={run} timed={timed} select={select} />
        ) : (
          message && <MessageDetails run={run} message={message} />
        )}
      </div>
    </aside>
  );
}
