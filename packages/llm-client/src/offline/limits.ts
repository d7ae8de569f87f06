import { charactersPerToken, clip, tokensIn } from './tokens.ts';

/** A reply as it is served. */
export interface Choice {
  text: string;
  finishReason: 'stop' | 'length';
}

/** Cuts a reply before the first stop sequence and then to `maxTokens`, as a model would have stopped there. */
export function limitReply(text: string, stop: readonly string[], maxTokens: number | undefined): Choice {
  let end = text.length;
  for (const sequence of stop) {
    const at = sequence === '' ? -1 : text.indexOf(sequence);
    if (at !== -1 && at < end) end = at;
  }
  const stopped = text.slice(0, end);
  if (maxTokens === undefined || tokensIn(stopped.length) <= maxTokens) {
    return { text: stopped, finishReason: 'stop' };
  }
  return { text: clip(stopped, maxTokens * charactersPerToken), finishReason: 'length' };
}
