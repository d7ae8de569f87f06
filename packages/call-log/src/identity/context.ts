import { AsyncLocalStorage } from 'node:async_hooks';
import type { AgentRef } from '../schema/common.ts';

/** Who and where the surrounding code runs for. */
export interface CallContext {
  runId?: string;
  agent?: AgentRef;
}

// The ESM and the CommonJS copy of this package must see one and the same store.
const key = Symbol.for('@pd/call-log/context/v1');
const shared = globalThis as typeof globalThis & { [key]?: AsyncLocalStorage<CallContext> };
shared[key] ??= new AsyncLocalStorage<CallContext>();
const storage: AsyncLocalStorage<CallContext> = shared[key];

/** The context of the code that runs now; empty outside of any. */
export function currentContext(): CallContext {
  return storage.getStore() ?? {};
}

/**
 * Runs `fn` for an agent: calls made inside belong to it unless they name another one. Inside another
 * agent, that one becomes the parent unless `agent` names its own.
 */
export function withAgent<T>(agent: AgentRef, fn: () => T): T {
  const outer = currentContext();
  const parentId =
    agent.parent_id ?? (outer.agent && outer.agent.id !== agent.id ? outer.agent.id : undefined);
  const inner = parentId === undefined ? agent : { ...agent, parent_id: parentId };
  return storage.run({ ...outer, agent: inner }, fn);
}

/** Runs `fn` in a run: events inside belong to it unless they name another one. */
export function withRun<T>(runId: string, fn: () => T): T {
  return storage.run({ ...currentContext(), runId }, fn);
}

/** Runs `fn` outside of any run and agent, for events that belong to no code around it. */
export function withoutContext<T>(fn: () => T): T {
  return storage.run({}, fn);
}
