/** A stretch of a list: `length` items from `start`, and the same again so often in all. */
export interface Repeat {
  start: number;
  length: number;
  times: number;
}

/** Longer rounds are not looked for, which keeps the work linear. */
const LONGEST_ROUND = 12;

/** Items one after the other, with rounds that repeat at once folded; the shortest round that covers most wins. Linear. */
export function foldRepeats(items: readonly string[]): Repeat[] {
  const folded: Repeat[] = [];
  for (let start = 0; start < items.length; ) {
    let best: Repeat = { start, length: 1, times: 1 };
    for (let length = 1; length <= LONGEST_ROUND; length++) {
      let end = start + length;
      while (end < items.length && items[end] === items[end - length]) end++;
      const times = Math.floor((end - start) / length);
      if (times > 1 && times * length > best.times * best.length) best = { start, length, times };
      // What repeats in shorter rounds repeats in longer ones too.
      if (end === items.length && times > 1) break;
    }
    folded.push(best);
    start += best.length * best.times;
  }
  return folded;
}
