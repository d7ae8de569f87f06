const marker = Symbol.for('@pd/visualizer/error');

/** Base of every error this package throws. `code` is stable; the message may change. */
export abstract class VisualizerError extends Error {
  abstract readonly code: string;
  readonly [marker] = true;

  /** True for errors of this package, whichever copy of it (ESM or CommonJS) made them. */
  static isInstance(value: unknown): value is VisualizerError {
    return value instanceof Error && marker in value;
  }
}
