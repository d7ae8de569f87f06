/** The user or the system stopped the run. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly exitCode: number;

  constructor(why: string, exitCode: number) {
    super(why);
    this.exitCode = exitCode;
  }
}

/**
 * A signal that fires on the first Ctrl-C or SIGTERM, so that the record can be finished, and when nobody
 * reads the output any more. A second Ctrl-C ends the process at once; the journal is safe either way.
 */
export function interruptSignal(stdout: NodeJS.WriteStream): AbortSignal {
  const controller = new AbortController();
  // 128 + the signal's number, as shells report it.
  process.once('SIGINT', () => controller.abort(new Interrupted('stopped with Ctrl-C', 130)));
  process.once('SIGTERM', () => controller.abort(new Interrupted('stopped by SIGTERM', 143)));
  // Whoever has gone away reads no complaints either.
  process.stderr.on('error', () => {});
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    controller.abort(
      error.code === 'EPIPE' ? new Interrupted('nobody reads the output any more', 141) : error,
    );
  });
  return controller.signal;
}
