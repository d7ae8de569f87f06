/** A list that is made anew each time somebody goes through it, so that it takes no memory. */
export function lazily<T>(generate: () => Iterator<T>): Iterable<T> {
  return { [Symbol.iterator]: generate };
}
