/** Who makes a call: the context around it and the rule that resolves it. */
export { type CallContext, currentContext, withAgent, withRun } from './identity/context.ts';
export {
  type Identifiable,
  type Identity,
  resolveAgent,
  resolveRunId,
  UNKNOWN_AGENT,
} from './identity/resolve.ts';
