import { type Agent, type AgentReply, defineAgent, type IncomingMessage } from '@pd/agents';
import type { RunTree } from '@pd/call-log';
import type { Logger } from '@pd/call-log/schema';
import type { ChatMessageParam } from '@pd/llm-client';
import { expect } from 'vitest';
import { type Pattern, type PlayOptions, streamPattern, type Task } from '../src/index.ts';
import { record } from './support.ts';

/** What an agent was asked, as `sender: text`, own lines without a sender. */
export interface Asked {
  by: string;
  message: IncomingMessage;
  history: readonly ChatMessageParam[];
}

/** An agent with answers of its own: a text, a reply, or a function of how often it was asked; then its id and a number. */
export function speaker(
  id: string,
  answers: readonly (string | AgentReply)[] = [],
  { asked = [], delayMs }: { asked?: Asked[]; delayMs?: () => number } = {},
): Agent {
  let times = 0;
  return defineAgent({
    id,
    respond: async (message, { history = [] }) => {
      asked.push({ by: id, message, history });
      const answer = answers[times++] ?? `${id}${times}`;
      if (delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, delayMs()));
      return answer;
    },
  });
}

/** What was shown, line by line. */
export function shown({ message, history }: Asked): string[] {
  return [
    ...history.map((said) =>
      said.role === 'user' ? `${said.name}: ${String(said.content)}` : String(said.content),
    ),
    `${message.from}: ${message.content}`,
  ];
}

/** Plays a pattern on record; a function makes it of the logger. */
export async function play(
  pattern: Pattern | ((logger: Logger) => Pattern),
  task: string | Task = 'Go.',
  options: PlayOptions = {},
) {
  const played = await record((logger) =>
    streamPattern(typeof pattern === 'function' ? pattern(logger) : pattern, task, { logger, ...options }),
  );
  const end = played.events.at(-1);
  return { ...played, outcome: end?.type === 'end' ? end.outcome : undefined };
}

/** The edges of a tree, as `from>to content`. */
export function edges({ messages }: RunTree): string[] {
  return messages.map(({ from, to, content }) => `${from}>${to} ${String(content)}`);
}

/** Every message has ended, and every cause is a call of whoever sent it. */
export function expectWhole({ messages, agents }: RunTree, status = 'handled'): void {
  const owners = new Map(agents.flatMap(({ id, calls }) => calls.map((call) => [call.id, id])));
  for (const { status: ended, call_id, from } of messages) {
    expect(ended).toBe(status);
    if (call_id !== undefined) expect(owners.get(call_id)).toBe(from);
  }
}
