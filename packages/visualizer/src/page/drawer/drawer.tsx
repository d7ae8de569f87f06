import { useEffect, useRef } from 'preact/hooks';
import { useBody } from '../hooks/use-body.ts';
import { Icon } from '../parts/icon.tsx';
import type { Store } from '../state/store.ts';
import { CallDetails } from './call-details.tsx';
import { MessageDetails } from './message-details.tsx';

interface DrawerProps {
  store: Store;
  step: (by: 1 | -1) => void;
}

/** Everything about one call, or about a message that no call made. */
export function Drawer({ store, step }: DrawerProps) {
  const { run, view, change, call } = store;
  const ref = useRef<HTMLElement>(null);
  const callPlace = call.value;
  const messagePlace = callPlace === undefined ? run.messagePlaces.get(view.value.message ?? '') : undefined;
  const callBody = useBody(run.callBodies, callPlace);
  const messageBody = useBody(run.messageBodies, messagePlace);
  const id = run.calls.id[callPlace ?? -1] ?? run.messages.id[messagePlace ?? -1];
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
  const body = callPlace === undefined ? messageBody : callBody;
  return (
    <aside
      class="drawer"
      ref={ref}
      tabIndex={-1}
      aria-label={callPlace === undefined ? `Message ${id}` : `Call ${id}`}
    >
      <div class="drawer-tools">
        {callPlace !== undefined && (
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
          onClick={() => change({ call: undefined, message: undefined })}
        >
          <Icon name="close" />
        </button>
      </div>
      <div class="drawer-body" key={id}>
        {body?.error && (
          <p class="problem" role="alert">
            {body.error}
          </p>
        )}
        {callPlace !== undefined && callBody?.value && (
          <CallDetails store={store} call={callBody.value} place={callPlace} />
        )}
        {messagePlace !== undefined && messageBody?.value && (
          <MessageDetails run={run} message={messageBody.value} />
        )}
      </div>
    </aside>
  );
}
