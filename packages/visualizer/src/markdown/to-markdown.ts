import type { RunTree } from '@pd/call-log/schema';
import { formatTime } from '../text/format.ts';
import { isLost, statusText } from '../text/status.ts';
import { callLine, callTrouble, chatMessageParts } from './call-parts.ts';
import { fenced } from './fenced.ts';
import { inlineText } from './inline-text.ts';
import { agentTable, runHead } from './run-head.ts';
import { replyText, type TranscriptEntry, transcript } from './transcript.ts';

/**
 * A run as a transcript to read: what run it is, its agents, then everything that was said, in order, with the calls it came
 * of, their tools and errors. A call of which no message came is told by what was new in its request, and its reply.
 *
 * CommonMark with tables. What the agents said stands in fences it cannot leave, names that are not just words in code: no
 * markup, link or mention comes from a log.
 */
export function toMarkdown(tree: RunTree): string {
  return [...markdownParts(tree)].join('');
}

/** The same, a piece after the other. */
export function* markdownParts(tree: RunTree): Generator<string> {
  yield* runHead(tree);
  yield* agentTable(tree);
  const entries = transcript(tree);
  if (entries.length > 0) yield '\n## What was said\n';
  const names = new Map(tree.agents.map(({ id, name }) => [id, name || id]));
  const nameOf = (id: string) => inlineText(names.get(id) ?? id);
  const isTimed = tree.run.started_at !== undefined;
  for (const [index, entry] of entries.entries()) {
    const at = isTimed ? timeOf(entry.at) : '';
    yield `\n### ${index + 1}. ${headline(entry, nameOf)}${at}\n\n`;
    yield* entry.type === 'message' ? messageParts(entry) : lonelyCallParts(entry);
  }
}

function headline(entry: TranscriptEntry, nameOf: (id: string) => string): string {
  if (entry.type === 'call') return `${nameOf(entry.agentId)} → ${inlineText(entry.call.pre.model)}`;
  const from = entry.from === undefined ? 'unknown' : nameOf(entry.from);
  return entry.to.length === 0 ? from : `${from} → ${entry.to.map(nameOf).join(', ')}`;
}

/** The time of the day; the head of the run has the date. */
function timeOf(at: string): string {
  const [, time] = /^\d{4}-\d\d-\d\d (\d\d:\d\d:\d\d) UTC$/.exec(formatTime(at)) ?? [];
  return time === undefined ? '' : ` · ${time}`;
}

function* messageParts({
  text,
  status,
  source,
}: Extract<TranscriptEntry, { type: 'message' }>): Generator<string> {
  if (isLost(status)) yield `**This message was ${statusText(status)}.**\n\n`;
  yield fenced(text);
  if (source === undefined) return;
  yield `\n${callLine(source.call)}`;
  const reply = replyText(source.call);
  if (reply !== '' && reply !== text) yield `\nThe model's reply:\n\n${fenced(reply)}`;
  yield* callTrouble(source.call);
}

function* lonelyCallParts({ call }: Extract<TranscriptEntry, { type: 'call' }>): Generator<string> {
  yield callLine(call);
  const { history, messages } = call.pre;
  if (history !== undefined && history.take > 0)
    yield `- after the first ${history.take} messages of call ${inlineText(history.call_id)}\n`;
  for (const message of messages) yield* chatMessageParts(message);
  const reply = replyText(call);
  if (reply !== '') yield `\n**Reply**\n\n${fenced(reply)}`;
  yield* callTrouble(call);
}
