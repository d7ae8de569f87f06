import type { AgentPart } from '../agent.ts';
import type { ReadyCall } from './ready-call.ts';
import { runToolCall, type ToolStep } from './run-tool-call.ts';
import type { ToolRun } from './tool-run.ts';

/**
 * Runs the tool calls of a step, some at a time, and tells of each when it begins and ends.
 *
 * @returns their runs, in the order they were asked for; after an abort those that were not begun are `aborted`, too
 */
export async function* runTools(
  calls: readonly ReadyCall[],
  concurrency: number,
  step: ToolStep,
): AsyncGenerator<AgentPart, ToolRun[], undefined> {
  const left = new AbortController();
  const signal = AbortSignal.any([step.signal, left.signal]);
  const runs: ToolRun[] = [];
  const parts: AgentPart[] = [];
  let wake = Promise.withResolvers<void>();
  const tell = (part: AgentPart) => {
    parts.push(part);
    wake.resolve();
  };
  let next = 0;
  const work = async () => {
    for (;;) {
      const call = calls[next++];
      if (call === undefined) return;
      tell({ type: 'tool-start', toolCallId: call.id, name: call.name, arguments: call.arguments });
      const run = await runToolCall(call, { ...step, signal });
      runs[call.position] = run;
      tell({ type: 'tool-end', run });
    }
  };
  let isDone = false;
  const all = Promise.all(Array.from({ length: Math.min(concurrency, calls.length) }, work)).finally(() => {
    isDone = true;
    wake.resolve();
  });
  try {
    while (!isDone || parts.length > 0) {
      await wake.promise;
      wake = Promise.withResolvers();
      yield* parts.splice(0);
    }
  } finally {
    left.abort(new Error('the answer was left'));
    await all;
  }
  return runs;
}
