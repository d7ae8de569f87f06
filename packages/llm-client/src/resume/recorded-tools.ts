import type { RunTree } from '@pd/call-log/schema';
import type { RecordedTool } from './recorded-run.ts';

/** The tool calls of a recorded run. */
export class RecordedTools {
  readonly #ended = new Map<string, RecordedTool>();
  readonly #begun = new Set<string>();

  constructor(tree: RunTree) {
    for (const { calls } of tree.agents)
      for (const call of calls)
        for (const { id, status, result, duration_ms } of call.tool_calls) {
          // One that was aborted is begun anew, as a tool call of its own.
          if (status === 'aborted') continue;
          const key = keyOf(call.id, id);
          this.#begun.add(key);
          if (isEnding(status)) this.#ended.set(key, { status, result, durationMs: duration_ms });
        }
  }

  get(callId: string, toolCallId: string): RecordedTool | undefined {
    return this.#ended.get(keyOf(callId, toolCallId));
  }

  /** Whether it is on record that it has begun. */
  hasBegun(callId: string, toolCallId: string): boolean {
    return this.#begun.has(keyOf(callId, toolCallId));
  }
}

const ENDINGS: ReadonlySet<string> = new Set([
  'ok',
  'error',
  'denied',
  'timeout',
] satisfies RecordedTool['status'][]);

function isEnding(status: string): status is RecordedTool['status'] {
  return ENDINGS.has(status);
}

function keyOf(callId: string, toolCallId: string): string {
  return JSON.stringify([callId, toolCallId]);
}
