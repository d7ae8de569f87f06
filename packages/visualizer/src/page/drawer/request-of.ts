import type { ChatMessage } from '@pd/call-log/schema';
import type { RunModel } from '../run/run-model.ts';

/** Conversations go back through as many calls as they have turns; nobody reads more than these. */
const MOST_STEPS = 2_000;

/** Everything that a call sent: what was new in it, after what it took over from earlier calls. */
export async function requestOf(run: RunModel, place: number): Promise<ChatMessage[]> {
  const parts: { messages: ChatMessage[]; take: number }[] = [];
  const seen = new Set<number>();
  let at: number | undefined = place;
  let take = Number.POSITIVE_INFINITY;
  while (at !== undefined && !seen.has(at) && parts.length < MOST_STEPS) {
    seen.add(at);
    const call = await run.callBodies.at(at);
    if (call === undefined) break;
    parts.push({ messages: call.pre.messages, take });
    const { history } = call.pre;
    at = history === undefined ? undefined : run.callPlaces.get(history.call_id);
    take = history?.take ?? 0;
  }
  let request: ChatMessage[] = [];
  // From the oldest on; of each, as many as the call after it took over.
  for (const { messages, take } of parts.reverse()) request = [...request, ...messages].slice(0, take);
  return request;
}
