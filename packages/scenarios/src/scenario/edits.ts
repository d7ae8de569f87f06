import type { JsonValue } from '@pd/call-log/schema';

/** A message that is to say something else: the n-th from one to another, counted from 1. */
export interface Edit {
  from: string;
  to: string;
  number: number;
  content: JsonValue;
}

/** Gives the content that messages are to have, where they are edited. Counts the messages that it is told of. */
export function toEdit(edits: readonly Edit[]): (from: string, to: string, content: JsonValue) => JsonValue {
  const posted = new Map<string, number>();
  return (from, to, content) => {
    const pair = JSON.stringify([from, to]);
    const number = (posted.get(pair) ?? 0) + 1;
    posted.set(pair, number);
    const edit = edits.find((each) => each.from === from && each.to === to && each.number === number);
    return edit === undefined ? content : edit.content;
  };
}
