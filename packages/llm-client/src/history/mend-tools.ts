import { hash } from 'node:crypto';
import { hasArguments, isInForm } from './check-tools.ts';
import type { HistoryDialect } from './dialect.ts';
import { type LooseMessage, type LooseToolCall, toolCallsOf } from './loose-message.ts';
import { pairTools, type ToolPair } from './pair-tools.ts';

/** Said in place of a result that an abort or a crash has swallowed. */
export const INTERRUPTED =
  'No result: this tool call was interrupted. It may or may not have taken effect; check before you repeat it.';

/** Puts each result after its call, in order and once; answers calls without one; drops results without a call. */
export function mendTools(messages: readonly LooseMessage[], dialect: HistoryDialect): LooseMessage[] {
  const { pairs } = pairTools(messages);
  const ids = newIds(pairs, dialect);
  const byIndex = Map.groupBy(pairs, ({ index }) => index);
  return messages.flatMap((message, index) => {
    if (message.role === 'tool') return [];
    const own = byIndex.get(index);
    if (own === undefined) return [message];
    const calls = toolCallsOf(message).map((call, position) =>
      mendCall(call, ids.get(own[position] as ToolPair)),
    );
    const before = toolCallsOf(message);
    const same = calls.every((call, position) => call === before[position]);
    return [
      same ? message : { ...message, tool_calls: calls },
      ...own.map((pair) => resultOf(pair, messages, ids.get(pair))),
    ];
  });
}

/** The ids that have to change: those that are not in form, and those that have been used before. */
function newIds(pairs: readonly ToolPair[], dialect: HistoryDialect): Map<ToolPair, string> {
  const taken = new Set(pairs.map(({ id }) => id));
  const seen = new Set<string>();
  const changed = new Map<ToolPair, string>();
  pairs.forEach((pair, ordinal) => {
    const { id } = pair;
    if (isInForm(id, dialect) && !seen.has(id)) {
      seen.add(id);
      return;
    }
    const make = dialect.toolCallId?.make ?? ((digits: string) => `call_${digits.slice(0, 24)}`);
    // From the old id, so that a history which grows keeps its ids; from the place only where that does not do.
    const isFirst = id !== '' && !seen.has(id);
    seen.add(id);
    for (let salt = isFirst ? 0 : ordinal + 1; ; salt += pairs.length + 1) {
      const made = make(hash('sha256', JSON.stringify([id, salt]), 'hex'));
      if (taken.has(made)) continue;
      taken.add(made);
      changed.set(pair, made);
      return;
    }
  });
  return changed;
}

function mendCall(call: LooseToolCall, id: string | undefined): LooseToolCall {
  if (hasArguments(call)) return id === undefined ? call : { ...call, id };
  const given = call.function?.arguments;
  const whole = typeof given === 'object' && given !== null ? JSON.stringify(given) : '{}';
  return { ...call, ...(id !== undefined && { id }), function: { ...call.function, arguments: whole } };
}

function resultOf({ result, id: old }: ToolPair, messages: readonly LooseMessage[], id = old): LooseMessage {
  const given =
    result === undefined ? { role: 'tool', content: INTERRUPTED } : (messages[result] as LooseMessage);
  return given.tool_call_id === id ? given : { ...given, tool_call_id: id };
}
