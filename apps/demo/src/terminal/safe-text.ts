/**
 * Text from a model made safe for a terminal: control characters, with which escape sequences begin, and
 * characters that turn the direction of writing are shown as symbols. Line ends and tabs stay.
 */
export function safeText(text: string): string {
  return (
    text
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (c) =>
        String.fromCharCode(0x2400 + (c.charCodeAt(0) & 0x1f)),
      )
      .replace(/[\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
  );
}
