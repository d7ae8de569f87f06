/**
 * Whether two plain JSON values are equal, whatever the order of their keys.
 *
 * @param isSameText for texts that are not equal
 */
export function sameJson(
  a: unknown,
  b: unknown,
  isSameText: (a: string, b: string) => boolean = () => false,
): boolean {
  if (a === b) return true;
  if (typeof a === 'string' && typeof b === 'string') return isSameText(a, b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a))
    return (
      Array.isArray(b) && a.length === b.length && a.every((item, i) => sameJson(item, b[i], isSameText))
    );
  if (Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key], isSameText));
}
