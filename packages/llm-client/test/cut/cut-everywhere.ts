import { json } from 'node:stream/consumers';
import type { CallEnd, LogEvent } from '@pd/call-log/schema';
import { expect } from 'vitest';
import { createLLMClient } from '../../src/index.ts';
import { hello, serve } from '../support.ts';
import { eventsIn, type Folded, foldChat, foldResponse } from './fold-events.ts';
import type { StreamShape } from './stream-shapes.ts';

/** How a body that is cut comes to its end: as if nothing were missing, or by a connection that breaks. */
type Manner = 'ends' | 'breaks';

/** How many calls are on their way at a time. */
const CONCURRENCY = 16;

/**
 * Serves a stream over real HTTP, cut after 0, 1, 2, … bytes, and checks each call against what an independent reading of the
 * same bytes says. Returns how many calls there were.
 *
 * @param from the first cut, and `to` the last: all of them unless told otherwise
 */
export async function cutEverywhere(shape: StreamShape, from = 0, to = shape.body.length): Promise<number> {
  const { body, n, api } = shape;
  await using server = await serve(async (request, response) => {
    const { cut } = (await json(request)) as { cut: number };
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    // In two pieces, so that characters and line ends are split between reads as well.
    const middle = Math.trunc(cut / 2);
    response.write(body.subarray(0, middle));
    response.write(body.subarray(middle, cut), () =>
      mannerOf(cut) === 'ends' ? response.end() : response.destroy(),
    );
  });
  const ends = new Map<string, CallEnd[]>();
  const logger = (event: LogEvent) => {
    if (event.type === 'call.end') ends.set(event.call_id, [...(ends.get(event.call_id) ?? []), event]);
  };
  const client = createLLMClient({
    model: 'm',
    baseURL: server.url,
    provider: 'openai',
    apiKey: 'k',
    retry: false,
    logger,
  });
  const folded = foldEverywhere(shape);
  const whole = folded.at(-1) as Folded;
  const attempt = async (cut: number) => {
    const extra = { cut };
    const stream =
      api === 'chat'
        ? client.stream({ messages: [...hello], ...(n > 1 && { n }), extra })
        : client.streamResponses({ input: 'hello', extra });
    await stream.result().catch(() => {});
    const own = ends.get(stream.callId) ?? [];
    ends.delete(stream.callId);
    check(
      own,
      folded[cut] as Folded,
      whole,
      mannerOf(cut),
      `cut at ${cut}, ${mannerOf(cut)}, ${own[0]?.status}: ${own[0]?.error?.message}`,
    );
  };
  let next = from;
  const lane = async () => {
    while (next <= to) await attempt(next++);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, lane));
  return next - from;
}

/** In turns. */
function mannerOf(cut: number): Manner {
  return cut % 2 === 0 ? 'ends' : 'breaks';
}

/** What the first 0, 1, 2, … bytes say. Only a closing brace can make another event whole. */
function foldEverywhere({ api, n, body }: StreamShape): Folded[] {
  const fold = (length: number) => {
    const events = eventsIn(body.subarray(0, length));
    return api === 'chat' ? foldChat(events, n) : foldResponse(events as never);
  };
  let last = fold(0);
  return [last, ...Array.from(body, (byte, i) => (last = byte === 0x7d ? fold(i + 1) : last))];
}

function check(ends: CallEnd[], here: Folded, whole: Folded, manner: Manner, where: string): void {
  const [end] = ends;
  if (end === undefined || ends.length > 1) expect.fail(`${where}: ${ends.length} endings`);
  const { status, usage, reply = {}, error } = end;
  const found = read(reply.message);
  const state = { status, complete: here.whole, manner };
  if (status === 'ok' ? !here.whole : here.whole && manner === 'ends')
    expect.fail(`${where}: ${JSON.stringify(state)}`);
  if (status !== 'ok' && (error === undefined || (reply.partial !== true && !here.whole)))
    expect.fail(`${where}: ${JSON.stringify(end)}`);
  // What a broken connection had not delivered is lost; what a polite end has is all there.
  if (status === 'ok' || manner === 'ends') {
    if (
      JSON.stringify(found) !==
      JSON.stringify({ text: here.text, reasoning: here.reasoning, tools: here.tools })
    )
      expect(found, where).toEqual({ text: here.text, reasoning: here.reasoning, tools: here.tools });
  }
  for (const field of ['text', 'reasoning'] as const)
    if (!whole[field].startsWith(found[field])) expect.fail(`${where}: ${field} is ${found[field]}`);
  found.tools.forEach((tool, i) => {
    const meant = whole.tools[i];
    if (meant?.name !== tool.name || !meant.arguments.startsWith(tool.arguments))
      expect.fail(`${where}: tool ${i} is ${JSON.stringify(tool)}`);
  });
  if (usage === undefined) expect.fail(`${where}: no usage`);
  if (status === 'ok' && usage.source !== (here.totalTokens === undefined ? 'estimated' : 'provider'))
    expect.fail(`${where}: ${JSON.stringify(usage)}`);
  const { input_tokens = 0, output_tokens = 0 } = usage;
  if (usage.source === 'provider' && input_tokens + output_tokens !== whole.totalTokens)
    expect.fail(`${where}: ${JSON.stringify(usage)}`);
}

/** The reply as it stands in the log. */
function read(message: Record<string, unknown> = {}): Omit<Folded, 'whole' | 'totalTokens'> {
  const { content, reasoning_content, reasoning = reasoning_content, tool_calls = [] } = message;
  return {
    text: typeof content === 'string' ? content : '',
    reasoning: typeof reasoning === 'string' ? reasoning : '',
    tools: (tool_calls as { function: { name: string; arguments: string } }[]).map(({ function: fn }) => ({
      ...fn,
    })),
  };
}
