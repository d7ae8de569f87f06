import { idText, isMessage, toolCallsOf } from './loose-message.ts';

/** A tool call and the message that answers it. */
export interface ToolPair {
  /** Of the assistant message. */
  index: number;
  /** Of the call in it. */
  position: number;
  id: string;
  /** Index of the tool message; `undefined` when there is none. */
  result: number | undefined;
}

/** Which results belong to which calls. */
export interface ToolPairs {
  /** In the order of the calls. */
  pairs: ToolPair[];
  /** Tool messages that answer no call. */
  orphans: number[];
  /** Tool messages whose call has been answered before. */
  doubles: number[];
}

/**
 * A result answers the nearest call before it that has its id and no result yet; one without such a call, the next
 * after it. Calls and results without ids are matched in order.
 */
export function pairTools(messages: readonly unknown[]): ToolPairs {
  const found: ToolPairs = { pairs: [], orphans: [], doubles: [] };
  /** The calls of each id that wait for their result, the next to be answered last. */
  const waiting = new Map<string, ToolPair[]>();
  messages.forEach((message, index) => {
    if (!isMessage(message)) return;
    const calls = toolCallsOf(message).map(
      ({ id }, position): ToolPair => ({ index, position, id: idText(id), result: undefined }),
    );
    found.pairs.push(...calls);
    for (const call of calls.toReversed()) {
      const others = waiting.get(call.id);
      if (others === undefined) waiting.set(call.id, [call]);
      else others.push(call);
    }
    if (message.role !== 'tool') return;
    const others = waiting.get(idText(message.tool_call_id));
    const call = others?.pop();
    if (call !== undefined) call.result = index;
    else (others === undefined ? found.orphans : found.doubles).push(index);
  });
  found.orphans = found.orphans.filter((index) => {
    const { tool_call_id } = messages[index] as { tool_call_id?: unknown };
    const late = waiting.get(idText(tool_call_id))?.shift();
    if (late !== undefined) late.result = index;
    return late === undefined;
  });
  return found;
}
