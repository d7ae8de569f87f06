import { differences } from './differences.ts';
import type { ExpectedCall, ScriptedCall } from './scripted-step.ts';

/** Where a call leaves what the step expects, one line each. */
export function compareCall(expected: ExpectedCall, call: ScriptedCall): string[] {
  const { model, stream, lastMessage, system, messages, tools, body, metadata, check } = expected;
  const found: string[] = [];
  const compare = (what: unknown, actual: unknown, path: string) => {
    if (what !== undefined) found.push(...differences(what, actual, path));
  };
  compare(model, call.model, 'model');
  compare(stream, call.stream, 'stream');
  compare(lastMessage, textOf(call.messages.at(-1)), 'the last message');
  compare(system, systemOf(call), 'the system prompt');
  compare(messages, call.messages, 'messages');
  compare(tools?.toSorted(), call.tools.toSorted(), 'tools');
  compare(body, call.body, 'body');
  compare(metadata, call.metadata, 'metadata');
  if (found.length === 0) found.push(...tryCheck(check, call));
  return found;
}

function tryCheck(check: ExpectedCall['check'], call: ScriptedCall): string[] {
  try {
    check?.(call);
    return [];
  } catch (difference) {
    return [difference instanceof Error ? difference.message : String(difference)];
  }
}

function systemOf({ messages }: ScriptedCall): string {
  const isSystem = ({ role }: Readonly<Record<string, unknown>>) => role === 'system' || role === 'developer';
  return messages.filter(isSystem).map(textOf).join('\n');
}

/** The content of a message; the text parts of one that comes in parts. */
export function textOf(message: Readonly<Record<string, unknown>> | undefined): string {
  const content = message?.content;
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part: { text?: unknown } | null) => part?.text)
    .filter((text) => typeof text === 'string')
    .join('');
}
