import type { Reply, Usage } from '@pd/call-log/schema';

/** What is kept of a call. */
export interface Kept {
  reply: Reply;
  usage: Usage;
}

/** As a text for a cache. */
export function toText({ reply, usage }: Kept): string {
  return JSON.stringify({ reply, usage });
}

/**
 * What a cache holds, marked as cached. Looked at closely, because a cache may be anybody's, and the call must be able to go
 * on without it.
 *
 * @throws for what is no reply
 */
export function fromText(text: string): Kept {
  const kept: unknown = JSON.parse(text);
  if (isObject(kept) && isReply(kept.reply) && isUsage(kept.usage))
    return { reply: { ...kept.reply, cached: true }, usage: kept.usage };
  throw new Error('what the cache holds for a request is no reply');
}

function isReply(value: unknown): value is Reply {
  if (!isObject(value) || !isObject(value.message) || !isObject(value.logprobs ?? {})) return false;
  const texts = [value.id, value.model, value.finish_reason, value.finish_reason_raw];
  const lists = [value.other_choices, value.other_ends, value.output, value.message.tool_calls];
  return (
    texts.every((each) => each === undefined || typeof each === 'string') &&
    lists.every((each) => each === undefined || (Array.isArray(each) && each.every(isObject)))
  );
}

function isUsage(value: unknown): value is Usage {
  if (!isObject(value)) return false;
  const { source, ...counts } = value;
  return (
    ['provider', 'estimated', 'none'].includes(String(source)) &&
    Object.values(counts).every((each) => typeof each === 'number')
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
