/** The first `count` of many in order, largest first; equal ones in the order they came. One pass, no sorting of all. */
export function top<T>(items: Iterable<T>, count: number, value: (item: T) => number): T[] {
  const best: { item: T; rank: number }[] = [];
  for (const item of items) {
    const rank = value(item);
    const worst = best.at(-1);
    if (worst !== undefined && best.length >= count && !(rank > worst.rank)) continue;
    let place = best.length;
    while (place > 0 && rank > (best[place - 1]?.rank ?? Number.POSITIVE_INFINITY)) place--;
    best.splice(place, 0, { item, rank });
    if (best.length > count) best.pop();
  }
  return best.map(({ item }) => item);
}
