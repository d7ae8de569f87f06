import type { HistoryDialect } from './dialect.ts';
import { isEmptyMessage, isEmptyPart } from './is-empty.ts';
import { isSystem, type LooseMessage } from './loose-message.ts';

/** Drops what says nothing, and what the provider has no field or role for. */
export function mendContents(messages: readonly LooseMessage[], { rules }: HistoryDialect): LooseMessage[] {
  let begun = false;
  return messages.flatMap((given) => {
    let message = given;
    if (isSystem(message) && begun && rules.system_position !== undefined)
      message = { ...message, role: 'user' };
    if (message.role === 'developer' && rules.developer_role !== undefined)
      message = { ...message, role: 'system' };
    if (rules.empty_content !== undefined) {
      if (isEmptyMessage(message)) return [];
      message = withoutEmptyParts(message);
    }
    if (message.name !== undefined && rules.name_field !== undefined) {
      const { name: _name, ...rest } = message;
      message = rest;
    }
    begun ||= !isSystem(message);
    return [message];
  });
}

function withoutEmptyParts(message: LooseMessage): LooseMessage {
  const { content } = message;
  if (!Array.isArray(content) || !content.some(isEmptyPart)) return message;
  return { ...message, content: content.filter((part) => !isEmptyPart(part)) };
}
