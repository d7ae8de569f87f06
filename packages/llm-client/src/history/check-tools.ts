import type { HistoryDialect } from './dialect.ts';
import type { Report } from './finding.ts';
import { isMessage, type LooseToolCall, toolCallsOf } from './loose-message.ts';
import { pairTools, type ToolPair } from './pair-tools.ts';

/** Every call has one result, directly after it and in order; no result is without a call; ids and arguments are in form. */
export function checkTools(messages: readonly unknown[], dialect: HistoryDialect, report: Report): void {
  const { pairs, orphans, doubles } = pairTools(messages);
  for (const index of orphans) {
    report(
      'orphan_result',
      index,
      'a tool message that answers no tool call: remove it, or put its call before it',
    );
  }
  for (const index of doubles) {
    report('doubled_result', index, 'a second result of one tool call: keep one of them');
  }
  const seen = new Set<string>();
  const sizes = new Map<number, number>();
  for (const { index } of pairs) sizes.set(index, (sizes.get(index) ?? 0) + 1);
  for (const pair of pairs) {
    checkPair(pair, sizes.get(pair.index) ?? 0, report);
    if (pair.id !== '' && seen.has(pair.id)) {
      report(
        'doubled_call_id',
        pair.index,
        `a second tool call with the id ${quoted(pair)}: give it another`,
        pair.id,
      );
    }
    seen.add(pair.id);
    if (!isInForm(pair.id, dialect)) {
      const form = dialect.toolCallId?.says ?? 'not empty';
      report(
        'call_id_form',
        pair.index,
        `the id ${quoted(pair)} of a tool call is not ${form}: change it in call and result`,
        pair.id,
      );
    }
  }
  messages.forEach((message, index) => {
    if (!isMessage(message)) return;
    for (const call of toolCallsOf(message)) {
      if (hasArguments(call)) continue;
      report(
        'broken_arguments',
        index,
        'the arguments of a tool call are not JSON: complete them, or say {}',
      );
    }
  });
}

/** @param size how many calls the message has */
function checkPair(pair: ToolPair, size: number, report: Report): void {
  const { index, position, result, id } = pair;
  if (result === undefined) {
    report(
      'missing_result',
      index,
      `the tool call ${quoted(pair)} has no result: add a tool message that says what came of it`,
      id,
    );
    return;
  }
  if (result <= index || result > index + size) {
    report(
      'misplaced_result',
      result,
      `the result of the tool call ${quoted(pair)} of message ${index} does not follow it: move it there`,
      id,
    );
  } else if (result !== index + 1 + position) {
    report(
      'result_order',
      result,
      `the result of the tool call ${quoted(pair)} is not in the order of the calls`,
      id,
    );
  }
}

/** Whether the provider takes it. */
export function isInForm(id: string, { toolCallId }: HistoryDialect): boolean {
  return id !== '' && (toolCallId === undefined || toolCallId.pattern.test(id));
}

/** Whether a function's arguments are JSON as text; true for calls that are of another kind. */
export function hasArguments({ function: fn }: LooseToolCall): boolean {
  if (typeof fn !== 'object' || fn === null) return true;
  if (typeof fn.arguments !== 'string') return false;
  try {
    JSON.parse(fn.arguments);
    return true;
  } catch {
    return false;
  }
}

function quoted({ id }: ToolPair): string {
  return JSON.stringify(id.length > 60 ? `${id.slice(0, 60)}…` : id);
}
