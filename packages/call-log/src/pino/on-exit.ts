/** Called with the exit code, in the order they were given. Weakly held, because some programs make a logger for every request. */
const listeners = new Set<WeakRef<(code: number) => void>>();
const forgotten = new FinalizationRegistry((listener: WeakRef<(code: number) => void>) =>
  listeners.delete(listener),
);

/**
 * Calls `listener` when the process exits by itself, before the transports of pino end. One listener of the process
 * serves all. Not called when a signal ends it. Whoever wants to be called keeps the function.
 */
export function onExit(listener: (code: number) => void): void {
  // First in line: pino's own, which may be there already, lets nothing more through.
  if (!process.listeners('exit').includes(callAll)) process.prependListener('exit', callAll);
  const reference = new WeakRef(listener);
  listeners.add(reference);
  forgotten.register(listener, reference);
}

function callAll(code: number): void {
  for (const reference of listeners) {
    try {
      reference.deref()?.(code);
    } catch {
      // The process is ending; nothing may stand in the way of how it does.
    }
  }
}
