import {
  type Agent,
  type AgentReply,
  defineAgent,
  type IncomingMessage,
  type RespondOptions,
} from '@pd/agents';
import type { RunTree } from '@pd/call-log';
import { type Pattern, type PlayOptions, streamPattern } from '../src/index.ts';
import { type Recorded, record } from './support.ts';

type Respond = (
  message: IncomingMessage,
  options: RespondOptions,
) => string | AgentReply | Promise<string | AgentReply>;

/** An agent that answers with what a function says. */
export function saying(id: string, respond: Respond, role?: string): Agent {
  return defineAgent({ id, respond, ...(role !== undefined && { role }) });
}

/** An agent that says the one thing after the other; the last one again and again. */
export function scripted(id: string, ...lines: readonly (string | object)[]): Agent {
  let next = 0;
  return saying(id, () => {
    const line = lines[Math.min(next++, lines.length - 1)] ?? '';
    return typeof line === 'string' ? line : JSON.stringify(line);
  });
}

/** An agent that never answers, whatever its signal says. */
export function silent(id: string): Agent {
  return saying(id, () => new Promise<string>(() => {}));
}

/** An agent that throws. */
export function failing(id: string, why = 'broken'): Agent {
  return saying(id, () => {
    throw new Error(why);
  });
}

/** Takes its time, by a number from 0 to 1. */
export function late(agent: Agent, random: () => number): Agent {
  return saying(
    agent.id,
    async (message, options) => {
      await new Promise((resolve) => setTimeout(resolve, Math.floor(random() * 8)));
      return agent.respond(message, options);
    },
    agent.role,
  );
}

/** Plays a pattern on record. */
export async function play(pattern: Pattern, options: PlayOptions = {}, task = 'the task') {
  const recorded = await record((logger) => streamPattern(pattern, task, { ...options, logger }));
  const end = recorded.events.at(-1);
  return { ...recorded, outcome: end?.type === 'end' ? end.outcome : undefined };
}

/** Messages as rows, as they are on record. */
export function rows({ tree }: Pick<Recorded, 'tree'>): (string | undefined)[][] {
  return tree.messages.map(({ from, to, content, status }) => [from, to, String(content), status]);
}

/** What is wrong with the messages of a tree: those that have not ended, and causes that are none of their senders' calls. */
export function faultsOf(tree: RunTree): string[] {
  const owners = new Map(tree.agents.flatMap(({ id, calls }) => calls.map((call) => [call.id, id] as const)));
  return tree.messages.flatMap(({ id, from, call_id, status }) => [
    ...(status === 'delivered' ? [`${id} of ${from} has not ended`] : []),
    ...(call_id !== undefined && owners.get(call_id) !== from
      ? [`${id} of ${from} has the cause ${call_id}`]
      : []),
  ]);
}
