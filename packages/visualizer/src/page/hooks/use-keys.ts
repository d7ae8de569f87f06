import { useLayoutEffect, useRef } from 'preact/hooks';

/** Calls the handler of the key that is pressed, unless somebody is typing or holds a modifier. */
export function useKeys(handlers: Readonly<Record<string, () => void>>): void {
  const current = useRef(handlers);
  current.current = handlers;
  // Before the first paint: a key pressed as soon as the page is there must not be lost.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (
        event.target instanceof Element &&
        event.target.closest('input:not([type=range]), textarea, select, dialog')
      )
        return;
      // Space means something to these.
      const isControl =
        event.target instanceof Element && event.target.closest('button, summary, [role="button"]');
      if (event.key === ' ' && isControl) return;
      if (event.key.startsWith('Arrow') && event.target instanceof HTMLInputElement) return;
      const handler = Object.hasOwn(current.current, event.key) ? current.current[event.key] : undefined;
      if (handler === undefined) return;
      event.preventDefault();
      handler();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
}
