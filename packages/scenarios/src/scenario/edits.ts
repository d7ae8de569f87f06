import type { JsonValue } from '@pd/call-log/schema';
import type { MessagePlace } from '../faults/message-fate.ts';

/** A message that is to say something else. */
export interface Edit extends MessagePlace {
  content: JsonValue;
}

/** Gives the content that messages are to have, where they are edited. */
export function toEdit(edits: readonly Edit[]): (place: MessagePlace) => JsonValue | undefined {
  return ({ from, to, n }) =>
    edits.find((edit) => edit.from === from && edit.to === to && edit.n === n)?.content;
}
