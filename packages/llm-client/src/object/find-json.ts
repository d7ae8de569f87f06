/** How many brackets are tried; a text with more that lead nowhere is no reply. Keeps the search linear. */
const MOST_STARTS = 64;

/** What may follow the bracket that opens a JSON value. */
const LIKE_OBJECT = /^\{\s*["}]/;
const LIKE_ARRAY = /^\[\s*["\]{[\d\-tfn]/;

/** Reasoning that some servers leave in the text of the reply. */
const THOUGHTS = /^\s*<think>[\s\S]*?<\/think>/;

/**
 * The JSON objects and arrays of a text, in order: the whole text, or what stands in it between prose and code fences. What
 * is not closed is no value, and nothing within it is: the rest of it is missing.
 */
export function* findJson(text: string): Generator<unknown> {
  const said = text.replace(THOUGHTS, '');
  const whole = parse(said);
  if (whole !== undefined) {
    yield whole;
    return;
  }
  let from = 0;
  for (let tries = 0; tries < MOST_STARTS; tries++) {
    const start = said.slice(from).search(/[{[]/) + from;
    if (start < from) return;
    const end = endOf(said, start);
    if (end === -1) {
      const head = said.slice(start, start + 64);
      if (LIKE_OBJECT.test(head) || LIKE_ARRAY.test(head)) return;
      from = start + 1;
      continue;
    }
    const value = parse(said.slice(start, end));
    if (value !== undefined) yield value;
    from = end;
  }
}

/** Behind the bracket that closes the one at `start`; -1 when none does. */
function endOf(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let i = start; i < text.length; i++) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') depth++;
    else if ((char === '}' || char === ']') && --depth === 0) return i + 1;
  }
  return -1;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
