/**
 * Whom an answer names: as JSON with `next`, as nothing but the name, or as the only one of the names in it. `undefined` when it
 * names nobody, or several.
 */
export function readChoice(content: string, names: readonly string[]): string | undefined {
  const text = nextOf(content) ?? content.trim();
  const plain = text.replace(/^[\s"'`*[(]+|[\s"'`*\])!.,:;]+$/g, '').toLowerCase();
  const exact = names.find((name) => name === text) ?? names.find((name) => name.toLowerCase() === plain);
  if (exact !== undefined) return exact;
  const named = names.filter((name) => isNamedIn(text, name));
  return named.length === 1 ? named[0] : undefined;
}

function nextOf(content: string): string | undefined {
  try {
    const { next } = Object(JSON.parse(content)) as { next?: unknown };
    return typeof next === 'string' ? next : undefined;
  } catch {
    return undefined;
  }
}

/** As a word of its own. */
function isNamedIn(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const around = `${text[at - 1] ?? ' '}${text[at + name.length] ?? ' '}`;
    if (!/[\p{L}\p{N}_-]/u.test(around)) return true;
  }
  return false;
}
