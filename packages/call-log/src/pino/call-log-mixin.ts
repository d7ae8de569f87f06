import { type CallContext, currentContext } from '../identity/context.ts';

/**
 * For pino's `mixin` option: puts the surrounding agent and run on every line, on the calling thread, because the
 * worker of a transport sees no context. Needed where events are logged by hand (`log.info({ pd: event })`) and for
 * kept lines; `toPinoLogger()` does without. Nothing is added outside of any context.
 */
export function callLogMixin(): { pd_context?: CallContext } {
  const context = currentContext();
  return Object.keys(context).length > 0 ? { pd_context: context } : {};
}
