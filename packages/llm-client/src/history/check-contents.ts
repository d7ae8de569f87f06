import type { Report } from './finding.ts';
import { isEmptyMessage, isEmptyPart } from './is-empty.ts';
import { isMessage } from './loose-message.ts';

/** What each message is by itself. */
export function checkContents(messages: readonly unknown[], report: Report): void {
  messages.forEach((message, index) => {
    if (!isMessage(message)) {
      report('malformed_message', index, 'not a message: it has to be an object with a role');
      return;
    }
    if (isEmptyMessage(message)) {
      report('empty_content', index, `an empty ${message.role} message: remove it, or say something`);
    } else if (Array.isArray(message.content) && message.content.some(isEmptyPart)) {
      report('empty_content', index, 'a text part without text: remove it');
    }
    if (message.role === 'developer') {
      report('developer_role', index, 'the role "developer" may not be known: use "system"');
    }
    if (message.name !== undefined)
      report('name_field', index, '"name" is not taken: remove it, or say the name in the text');
  });
}
