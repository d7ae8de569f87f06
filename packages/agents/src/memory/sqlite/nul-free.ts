/**
 * `node:sqlite` of Node 22 cuts a text at its first NUL when it is read (seen in 22.23.3, not in 24.21.0). So a NUL is written as two
 * characters, and what begins those two is, too. Texts without either, which is nearly all, stay as they are.
 */
const ESCAPE = '\u0001';

export function toNULFree(text: string): string {
  if (!text.includes('\0') && !text.includes(ESCAPE)) return text;
  return text.replaceAll(ESCAPE, `${ESCAPE}1`).replaceAll('\0', `${ESCAPE}0`);
}

export function fromNULFree(text: string): string {
  const [first = '', ...others] = text.split(ESCAPE);
  return first + others.map((part) => (part.startsWith('0') ? '\0' : ESCAPE) + part.slice(1)).join('');
}
