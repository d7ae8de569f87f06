import type { ChatMessageParam } from '../chat-request.ts';
import type { ChatResult } from '../chat-result.ts';
import type { Issue } from './validate.ts';

/** As many as help; a reply that is wrong throughout has thousands. */
const MOST_ISSUES = 20;
const LONGEST_ISSUE = 300;

/** What is added to the conversation so that the model repairs its reply: the reply itself, and what is wrong with it. */
export function askAgain({ message, toolCalls }: ChatResult, issues: readonly Issue[]): ChatMessageParam[] {
  const text = `That does not fit. What is wrong:\n${listed(issues)}\nAnswer again, with the whole object.`;
  const [first, ...others] = toolCalls;
  // A conversation in which somebody says nothing is refused by some.
  if (first === undefined) {
    return [
      { ...message, content: message.content || '(nothing)' } as ChatMessageParam,
      { role: 'user', content: text },
    ];
  }
  // Every tool call wants its result, or the provider refuses the conversation.
  return [
    message as ChatMessageParam,
    { role: 'tool', tool_call_id: first.id, content: text },
    ...others.map(({ id }) => ({ role: 'tool' as const, tool_call_id: id, content: 'Once is enough.' })),
  ];
}

function listed(issues: readonly Issue[]): string {
  const lines = issues.slice(0, MOST_ISSUES).map(({ path, message }) => {
    const where = path.length === 0 ? 'the whole' : path.join('.');
    return `- ${where}: ${message}`.slice(0, LONGEST_ISSUE);
  });
  const rest = issues.length - lines.length;
  return [...lines, ...(rest > 0 ? [`- and ${rest} more`] : [])].join('\n');
}
