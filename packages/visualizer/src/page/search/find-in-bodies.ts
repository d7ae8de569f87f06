import type { RunModel } from '../run/run-model.ts';
import type { Matches } from './filter.ts';
import type { Query } from './query.ts';

/** How far a search through everything that was said has come. */
export interface BodySearch {
  /** Places of calls and messages in whose whole text the words occur. */
  matches: Matches;
  /** 0 to 1. */
  progress: number;
  /** Blocks that are damaged or missing. */
  unread: number;
}

/**
 * Looks for words in everything that was said, block by block, so that the page stays quick meanwhile.
 *
 * @param query only its words are looked for; a call has to have all of them in its JSON
 */
export async function* findInBodies(
  run: RunModel,
  query: Query,
  signal: AbortSignal,
): AsyncGenerator<BodySearch, void, void> {
  const words = query.terms.flatMap((term) => (term.type === 'text' && !term.not ? [term.text] : []));
  const matches: Matches = {
    calls: new Uint8Array(run.calls.count),
    messages: new Uint8Array(run.messages.count),
  };
  const lists = [
    { bodies: run.callBodies, found: matches.calls },
    { bodies: run.messageBodies, found: matches.messages },
  ] as const;
  const total = run.callBodies.size + run.messageBodies.size;
  let done = 0;
  let unread = 0;
  for (const { bodies, found } of lists) {
    for (let place = 0; place < bodies.size; place++) {
      const { first, items } = await bodies.block(place).catch(() => {
        unread++;
        return { first: 0, items: [] };
      });
      if (signal.aborted) return;
      items.forEach((item, offset) => {
        const at = first + offset;
        const text = plainText(item).toLowerCase();
        const isFound =
          found === matches.messages && run.messages.isReply[at] === 1
            ? matches.calls[run.messages.call[at] ?? -1] === 1
            : words.every((word) => text.includes(word));
        if (isFound) found[at] = 1;
      });
      yield { matches, progress: ++done / total, unread };
    }
  }
}

/** All strings in a value, without what JSON puts around and into them. */
function plainText(value: unknown): string {
  const texts: string[] = [];
  JSON.stringify(value, (_, part) => {
    if (typeof part === 'string') texts.push(part);
    return part;
  });
  return texts.join('\n');
}
