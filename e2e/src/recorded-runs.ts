import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { callsById, expandRequest, readTree } from '@pd/call-log/reader';
import type { CallNode, RunTree } from '@pd/call-log/schema';
import { expect } from 'vitest';
import type { ChatMessage, Exchange } from './model-server.ts';

/** A call of a recorded run, with its owner and the whole request. */
export interface RecordedCall extends CallNode {
  owner: string;
  sent: ChatMessage[];
}

/** The trees of a folder of logs, by the names of their runs. */
export async function readRuns(dir: string): Promise<Map<string, RunTree>> {
  const journals = readdirSync(dir).filter((file) => file.endsWith('.jsonl'));
  const trees = await Promise.all(journals.map((file) => readTree(join(dir, file))));
  for (const { audit, orphans } of trees) {
    expect(audit).toMatchObject({ dropped: 0, logger_errors: 0, damaged_lines: 0 });
    expect(orphans).toEqual([]);
  }
  return new Map(trees.map((tree) => [tree.run.name ?? tree.run.id, tree]));
}

/** All calls of a run. */
export function callsOf(tree: RunTree): RecordedCall[] {
  const calls = callsById(tree);
  return tree.agents.flatMap((agent) =>
    agent.calls.map((call) => ({
      ...call,
      owner: agent.id,
      sent: expandRequest(call, calls) as ChatMessage[],
    })),
  );
}

/** Holds what is on record against what the server got and gave: nothing more, nothing less, nothing else. */
export function expectSame(calls: readonly RecordedCall[], exchanges: readonly Exchange[]): void {
  const told = calls.map(({ pre, post, sent, status, usage, error }) => ({
    model: pre.model,
    messages: sent.map(bare),
    status: status === 'ok' ? 200 : (error?.status ?? status),
    reply: post?.message && bare(post.message),
    usage: status === 'ok' && { input: usage?.input_tokens, output: usage?.output_tokens },
  }));
  const seen = exchanges.map(({ model, messages, status, reply, usage }) => ({
    model,
    messages: messages.map(bare),
    status,
    reply: reply && bare(reply),
    usage: status === 200 && { input: usage?.prompt_tokens, output: usage?.completion_tokens },
  }));
  expect(sorted(told)).toEqual(sorted(seen));
}

/** Without what is the same in other words: no content may be `null`, `""` or nothing at all. */
function bare({ role, content, tool_calls, tool_call_id }: Partial<ChatMessage>): object {
  return { role, content: content || null, tool_calls, tool_call_id };
}

function sorted(list: object[]): object[] {
  return list.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}
