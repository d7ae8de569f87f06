import { endsWell } from './check-turns.ts';
import type { HistoryDialect } from './dialect.ts';
import { isSystem, type LooseMessage } from './loose-message.ts';
import { mergeMessages } from './merge-messages.ts';

/** What the user says where a user has to speak and did not. */
const GO_ON = { role: 'user', content: 'Continue.' };
/** What the assistant says where it was interrupted before it could answer to a tool's result. */
const SEEN = { role: 'assistant', content: 'I have the result.' };

/** Merges, or puts something between, messages that may not follow each other. */
export function mendTurns(messages: readonly LooseMessage[], { rules }: HistoryDialect): LooseMessage[] {
  const mended: LooseMessage[] = [];
  let before: LooseMessage | undefined;
  const add = (message: LooseMessage) => {
    mended.push(message);
    if (!isSystem(message)) before = message;
  };
  for (const message of messages) {
    const { role } = message;
    if (before === undefined && role === 'assistant' && rules.starts_with_assistant !== undefined) add(GO_ON);
    if (role === 'user' && before?.role === 'tool' && rules.user_after_tool !== undefined) add(SEEN);
    const isSecond = role === before?.role && (role === 'user' || role === 'assistant');
    if (isSecond && rules.same_role_twice !== undefined) {
      const merged = mergeMessages(before as LooseMessage, message);
      // At the place of the second, whose tool results come next; a system message may stand between the two.
      mended.splice(mended.lastIndexOf(before as LooseMessage), 1);
      add(merged);
    } else add(message);
  }
  const last = mended.at(-1);
  if (last !== undefined && rules.last_role !== undefined && !endsWell(last)) add(GO_ON);
  return mended;
}
