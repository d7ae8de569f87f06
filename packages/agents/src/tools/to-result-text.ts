/**
 * What a tool returned, as the model is told: a text as it is, anything else as JSON. What JSON cannot hold is said in
 * words instead: large whole numbers, what contains itself, bytes.
 *
 * @throws what a getter or `toJSON` of the value throws
 */
export function toResultText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return JSON.stringify({ error: value.message });
  if (ArrayBuffer.isView(value)) return bytes(value);
  // What stands around the value at hand, from the root down.
  const around: object[] = [];
  return (
    JSON.stringify(value, function (this: Record<string, unknown>, key, each: unknown) {
      const raw = this[key];
      // Buffers have a JSON of their own, which is long.
      if (ArrayBuffer.isView(raw)) return bytes(raw);
      if (typeof each === 'bigint') return String(each);
      if (typeof each !== 'object' || each === null) return each;
      while (around.length > 0 && around.at(-1) !== this) around.pop();
      if (around.includes(each)) return '[circular]';
      const shown = each instanceof Map ? Object.fromEntries(each) : each instanceof Set ? [...each] : each;
      around.push(each, ...(shown === each ? [] : [shown]));
      return shown;
    }) ?? 'null'
  );
}

function bytes({ byteLength }: ArrayBufferView): string {
  return `[${byteLength} bytes]`;
}

/** The text up to a length, with a mark that says what is missing. Never cuts a character in two. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = text.slice(0, most);
  const whole = head.isWellFormed() ? head : head.slice(0, -1);
  return `${whole}\n[cut off: ${whole.length} of ${text.length} characters]`;
}
