/**
 * Puts an entry last in a map and forgets the oldest beyond `limit`, so that what a long-lived process remembers stays
 * bounded.
 *
 * @param onForget told what was forgotten
 */
export function remember<K, V>(
  map: Map<K, V>,
  key: K,
  value: V,
  limit: number,
  onForget?: (forgotten: V) => void,
): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= limit) return;
  const oldest = map.entries().next();
  if (oldest.done) return;
  map.delete(oldest.value[0]);
  onForget?.(oldest.value[1]);
}
