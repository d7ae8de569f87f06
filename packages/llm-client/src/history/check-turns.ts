import type { Report } from './finding.ts';
import { isMessage, isSystem, type LooseMessage } from './loose-message.ts';

/** Who speaks after whom. System messages that come later count for themselves only. */
export function checkTurns(messages: readonly unknown[], report: Report): void {
  let before: LooseMessage | undefined;
  messages.forEach((message, index) => {
    if (!isMessage(message)) return;
    if (isSystem(message)) {
      if (before !== undefined) {
        report(
          'system_position',
          index,
          'a system message after the conversation has begun: put it first, or make it the user’s',
        );
      }
      return;
    }
    const { role } = message;
    if (before === undefined && role === 'assistant') {
      report(
        'starts_with_assistant',
        index,
        'the conversation begins with the assistant: begin with a user message',
      );
    }
    if (role === before?.role && role !== 'tool') {
      report('same_role_twice', index, `a second ${role} message in a row: make them one`);
    }
    if (role === 'user' && before?.role === 'tool') {
      report(
        'user_after_tool',
        index,
        'a user message directly after a tool’s result: put what the assistant said to the result between them',
      );
    }
    before = message;
  });
  checkLast(messages, report);
}

function checkLast(messages: readonly unknown[], report: Report): void {
  const last = messages.at(-1);
  if (!isMessage(last) || endsWell(last)) return;
  report(
    'last_role',
    messages.length - 1,
    `the last message is the ${last.role}’s: end with a user message, or mark a prefill with prefix: true`,
  );
}

/** Whether a conversation may end with it: it is for the model, or the beginning of the model's own answer. */
export function endsWell({ role, prefix }: LooseMessage): boolean {
  return role === 'user' || role === 'tool' || role === 'function' || prefix === true;
}
