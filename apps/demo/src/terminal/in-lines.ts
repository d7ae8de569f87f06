/** How deep data is shown in lines of its own; plans and verdicts are flatter. */
const DEEPEST = 6;

/** Data for people to read: a line for each value, indented by depth; a text as it is. */
export function inLines(value: unknown, depth = 0): string {
  const indent = '  '.repeat(depth);
  if (typeof value !== 'object' || value === null) return `${indent}${String(value)}`;
  if (depth >= DEEPEST) return `${indent}${JSON.stringify(value)}`;
  if (Array.isArray(value))
    return value.map((each) => `${indent}- ${inLines(each, depth + 1).trimStart()}`).join('\n');
  return Object.entries(value)
    .map(([key, each]) =>
      isNested(each)
        ? `${indent}${key}:\n${inLines(each, depth + 1)}`
        : `${indent}${key}: ${Array.isArray(each) ? each.map(String).join(', ') || '–' : String(each)}`,
    )
    .join('\n');
}

/** Whether it takes lines of its own: an object, or a list of objects. */
function isNested(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return !Array.isArray(value) || value.some((each) => typeof each === 'object' && each !== null);
}

/** What a text holds as JSON; else the text. */
export function parsed(text: string): unknown {
  if (!text.trimStart().startsWith('{')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
