import { AsyncLocalStorage } from 'node:async_hooks';
import { types } from 'node:util';
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
 *
 * A generator that `fn` returns runs for the agent too, whoever iterates it. Other code that runs later on somebody
 * else's stack (a listener, a job in a queue) needs {@link bindContext}.
 */
export function withAgent<T>(agent: AgentRef, fn: () => T): T {
  const outer = currentContext();
  const parentId =
    agent.parent_id ?? (outer.agent && outer.agent.id !== agent.id ? outer.agent.id : undefined);
  const inner = parentId === undefined ? agent : { ...agent, parent_id: parentId };
  return runIn({ ...outer, agent: inner }, fn);
}

/** Runs `fn` in a run: events inside belong to it unless they name another one. Generators as in {@link withAgent}. */
export function withRun<T>(runId: string, fn: () => T): T {
  return runIn({ ...currentContext(), runId }, fn);
}

/**
 * Runs `fn` outside of any agent and run. For what outlives the agent that happens to create it: a pool, a worker, a
 * connection. Their callbacks run in the context they were created in, and would credit it with everybody's calls.
 */
export function withoutContext<T>(fn: () => T): T {
  return runIn({}, fn);
}

/**
 * `fn`, to be called by anybody and to run for the agent and the run that are around us now: for listeners, and for
 * jobs that wait in a queue until somebody else takes them.
 */
export function bindContext<This, Args extends unknown[], Result>(
  fn: (this: This, ...args: Args) => Result,
): (this: This, ...args: Args) => Result {
  const context = currentContext();
  return function (...args) {
    return storage.run(context, () => fn.apply(this, args));
  };
}

function runIn<T>(context: CallContext, fn: () => T): T {
  return storage.run(context, () => {
    const result = fn();
    if (types.isGeneratorObject(result) && Object.isExtensible(result)) bindGenerator(result);
    return result;
  });
}

/** The body of a generator has not run yet when its function returns; it would run for whoever iterates it. */
function bindGenerator(generator: Generator | AsyncGenerator): void {
  for (const name of ['next', 'return', 'throw'] as const)
    Object.defineProperty(generator, name, {
      value: bindContext<unknown, unknown[], unknown>(generator[name] as (...args: unknown[]) => unknown),
      writable: true,
      configurable: true,
    });
}
