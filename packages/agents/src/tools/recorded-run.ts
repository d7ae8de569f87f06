import type { ReadyCall } from './ready-call.ts';
import type { ToolStep } from './run-tool-call.ts';
import { toResultText } from './to-result-text.ts';
import type { ToolRun } from './tool-run.ts';

/** What came of a tool call before its run was resumed; nothing when that is not on record, or it has to be run again. */
export function recordedRun(call: ReadyCall, { client, callId }: ToolStep): ToolRun | undefined {
  if (call.type !== 'run' || call.tool.onResume === 'again') return undefined;
  const recorded = client.resume?.tool(callId, call.id);
  if (recorded === undefined) return undefined;
  const { id, name, arguments: given } = call;
  const { status, result, durationMs = 0 } = recorded;
  const content = toResultText(result);
  const shared = { id, name, arguments: given, status, content, attempts: 0, durationMs };
  return status === 'ok' ? { ...shared, result: parsed(content) } : shared;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
