/** Characters that would act on a terminal instead of being shown: controls, changes of direction, invisible tags. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const deceivers = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** Text of a log made safe for a terminal. Line ends and tabs stay; what is dangerous is shown as a symbol. */
export function safeText(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(controls, (c) =>
      String.fromCharCode(c === '\u007f' ? 0x2421 : 0x2400 + (c.charCodeAt(0) & 0x1f)),
    )
    .replace(deceivers, '\ufffd')
    .toWellFormed();
}

/** The same on one line. */
export function safeLine(text: string): string {
  return safeText(text).replace(/\s+/g, ' ').trim();
}

/** A value as JSON that a terminal shows and never obeys; it means the same as without the escapes. */
export function safeJson(value: unknown, indent?: number): string {
  return safeJsonText(JSON.stringify(value, null, indent));
}

/** The same for what is JSON text already. */
export function safeJsonText(json: string): string {
  const escaped = (text: string) =>
    [...Array(text.length).keys()]
      .map((i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`)
      .join('');
  return json.replace(/[\u007f-\u009f\u2028\u2029]/g, escaped).replace(deceivers, escaped);
}
