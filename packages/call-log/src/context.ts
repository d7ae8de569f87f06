/** Who makes a call: the context around it and the rule that resolves it. */
export {
  bindContext,
  type CallContext,
  currentContext,
  withAgent,
  withoutContext,
  withRun,
} from './identity/context.ts';
export {
  type Identifiable,
  type Identity,
  resolveAgent,
  resolveRunId,
  UNKNOWN_AGENT,
} from './identity/resolve.ts';
