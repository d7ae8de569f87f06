import type { Expected } from './scripted-step.ts';

const SHOWN = 60;

/** Where a value leaves the expectation, one line each; none when it fits. */
export function differences(expected: unknown, actual: unknown, path: string): string[] {
  if (expected instanceof RegExp) {
    const text = typeof actual === 'string' ? actual : (JSON.stringify(actual) ?? 'undefined');
    // A pattern with the flag g or y remembers where it stopped; a copy does not.
    return new RegExp(expected).test(text) ? [] : [`${path} should match ${expected}, not ${show(actual)}`];
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return [`${path} should be a list, not ${show(actual)}`];
    const length =
      expected.length === actual.length
        ? []
        : [`${path} should have ${expected.length} entries, not ${actual.length}`];
    return [...length, ...expected.flatMap((each, i) => differences(each, actual[i], `${path}[${i}]`))];
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null)
      return [`${path} should be an object, not ${show(actual)}`];
    const fields = actual as Record<string, unknown>;
    return Object.entries(expected as Record<string, Expected>).flatMap(([key, each]) =>
      differences(each, fields[key], `${path}.${key}`),
    );
  }
  if (Object.is(expected, actual)) return [];
  return [`${path} should be ${show(expected, actual)}, not ${show(actual, expected)}`];
}

/** A value on one line; of long texts the part around the first place where the two differ. */
function show(value: unknown, other?: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  if (text.length <= SHOWN) return text;
  const beside = JSON.stringify(other) ?? '';
  let at = 0;
  while (at < text.length && text[at] === beside[at]) at++;
  const from = at === text.length || other === undefined ? 0 : Math.max(0, at - SHOWN / 3);
  const to = from + SHOWN;
  return `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`;
}
