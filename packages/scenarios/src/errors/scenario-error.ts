const marker = Symbol.for('@pd/scenarios/error');

/** Base of every error this package throws. `code` is stable; the message may change. */
export abstract class ScenarioError extends Error {
  abstract readonly code: string;
  readonly [marker] = true;

  /** True for errors of this package, whichever copy of it (ESM or CommonJS) made them. */
  static isInstance(value: unknown): value is ScenarioError {
    return value instanceof Error && marker in value;
  }
}
