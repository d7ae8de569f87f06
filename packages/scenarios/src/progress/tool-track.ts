import type { Loop } from './cycle-track.ts';
import type { TurnMark } from './turn-mark.ts';

/** Requests to tools that are remembered. */
const REMEMBERED = 32;

/**
 * Watches tool runs alone: the same tools for the same results, over and over, while somebody asks for it in new words
 * each time, which is no cycle of turns. As soon as any tool gives anything new, all is forgiven; and where more than one
 * other agent speaks in between, the talk may be what matters.
 */
export function createToolTrack() {
  const known = new Map<string, { whole: string; times: number }>();
  const speakers = new Set<string>();
  return {
    see(mark: TurnMark): Loop | undefined {
      if (mark.asked === undefined) {
        // Two say as much as many, and the set stays small.
        if (speakers.size < 3) speakers.add(mark.from);
        return undefined;
      }
      speakers.delete(mark.from);
      const talk = speakers.size > 1;
      speakers.clear();
      const entry = known.get(mark.asked);
      if (entry?.whole !== mark.whole) {
        for (const each of known.values()) each.times = 0;
        remember(mark.asked, mark.whole);
        return undefined;
      }
      entry.times = talk ? 1 : entry.times + 1;
      return { key: mark.whole, reason: 'repeated_tool_call', marks: [mark], turns: entry.times };
    },
  };

  function remember(asked: string, whole: string): void {
    known.delete(asked);
    known.set(asked, { whole, times: 1 });
    const [oldest] = known.keys();
    if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
  }
}
