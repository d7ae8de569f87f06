/** Gives names that were not given yet: the second `a` is `a-2`. */
export function createUniqueNames(): (name: string) => string {
  const given = new Set<string>();
  const next = new Map<string, number>();
  return (name) => {
    let unique = name;
    let number = next.get(name) ?? 2;
    while (given.has(unique)) unique = `${name}-${number++}`;
    given.add(unique);
    next.set(name, number);
    return unique;
  };
}
