import { systemClock } from '../../call/clock.ts';
import { createClientOver, type LLMClient, type LLMClientOptions } from '../../client.ts';
import { Script } from './script.ts';
import { createScriptedBackend } from './scripted-backend.ts';
import type { ScriptedCall, ScriptedStep } from './scripted-step.ts';

/** What a scripted client can be told; as for `createLLMClient`, without what is about servers. */
export interface ScriptedClientOptions
  extends Omit<LLMClientOptions, 'model' | 'apiKey' | 'baseURL' | 'replay' | 'fetch' | 'headers'> {
  /** The model of calls that name none. Default: `scripted`. */
  model?: string;
}

/** An {@link LLMClient} that answers from a script. */
export interface ScriptedClient extends LLMClient, AsyncDisposable {
  /** Every call so far, in order of arrival, those that were not expected included. The list is live. */
  readonly calls: readonly ScriptedCall[];
  /**
   * Says that the script is over; `await using` says it at the end of its block.
   *
   * @throws {UnexpectedCallError} the first call that was not expected, even if its caller has swallowed the error
   * @throws {StepsLeftError} when steps were not asked for
   */
  done(): void;
}

/**
 * A client for tests that answers from a list of steps, in order, and fails on every call that the next step does not
 * expect. Everything but the answers is the real client: recording, streams, abort, timeouts, gates, fallbacks. Nothing
 * is retried unless `retry` says so; each attempt takes a step.
 *
 * @example
 * await using client = createScriptedClient([
 *   { agent: 'planner', expect: { lastMessage: /plan/ }, reply: '1. Ask.' },
 *   { agent: 'worker', expect: { tools: ['search'] }, reply: { toolCalls: [{ name: 'search', arguments: { q: 'x' } }] } },
 * ]);
 *
 * @throws TypeError for a step that neither replies nor fails
 */
export function createScriptedClient(
  steps: readonly ScriptedStep[],
  options: ScriptedClientOptions = {},
): ScriptedClient {
  const script = new Script(steps);
  const client = createClientOver(createScriptedBackend(script, { ...systemClock, ...options.clock }), {
    model: 'scripted',
    provider: 'scripted',
    retry: false,
    ...options,
    // Never asked; it keeps a model's name as it is written, known provider or not.
    baseURL: 'http://scripted.invalid/v1',
  });
  return {
    ...client,
    calls: script.calls,
    done: () => script.done(),
    [Symbol.asyncDispose]: async () => script.done(),
  };
}
