import type { CallContext } from '../identity/context.ts';
import { agentFromFields, runIdFromFields } from '../identity/resolve.ts';
import type { AgentRef } from '../schema/common.ts';

/** A parsed line of a pino logger, or an object on it; nothing in it can be relied on. */
export type Fields = { [field: string]: unknown };

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What was given to the logging method, with what the mixin added: under pino's `nestedKey`, or the line itself. */
export function loggedFields(line: Fields, nestedKey: string | undefined): Fields {
  const nested = nestedKey === undefined ? undefined : line[nestedKey];
  return isFields(nested) ? nested : line;
}

/**
 * Whose line it is: `agent_id` and `run_id` among its fields, which are mostly bindings of a child logger, and who was
 * around when it was logged. A run that is bound goes before the one around.
 */
export function ownerOf(line: Fields, logged: Fields): { context: CallContext; agent: AgentRef | undefined } {
  const around: CallContext = isFields(logged.pd_context) ? logged.pd_context : {};
  const runId = runIdFromFields(logged) ?? runIdFromFields(line);
  return {
    context: runId === undefined ? around : { ...around, runId },
    agent: agentFromFields(logged) ?? agentFromFields(line),
  };
}
