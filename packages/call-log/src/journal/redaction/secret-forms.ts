/** Shorter secrets are ignored: they would be found in ordinary text all the time. UTF-16 units. */
export const SHORTEST_SECRET = 6;

/**
 * The texts that a secret becomes on its way through programs: itself; escaped in JSON, also twice, as in the arguments
 * of a tool call; percent-encoded as in URLs and forms; hexadecimal; and base64, in which three bytes become four
 * characters, so that it looks different at each of three places inside of something larger, as in
 * `Basic base64(user:secret)`. Of those, the characters that depend on the secret alone.
 */
export function secretForms(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const json = escaped(secret);
  const percent = encodeURIComponent(secret.toWellFormed());
  const strict = percent.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const form = new URLSearchParams([[secret, '']]).toString().slice(0, -1);
  const hex = bytes.toString('hex');
  const base64 = [0, 1, 2].map((place) => base64At(place, bytes));
  const forms = [
    secret,
    json,
    escaped(json),
    asciiOnly(json),
    ...[percent, strict, form].flatMap((text) => [text, lowerCaseEscapes(text)]),
    hex,
    hex.toUpperCase(),
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ];
  return [...new Set(forms)].filter(({ length }) => length >= SHORTEST_SECRET);
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** As Python writes JSON. */
function asciiOnly(json: string): string {
  return json.replace(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function lowerCaseEscapes(percent: string): string {
  return percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
}

/** Base64 of `bytes` when `place` bytes stand before them, without the characters in which neighbours have a part. */
function base64At(place: number, bytes: Buffer): string {
  const text = Buffer.concat([Buffer.alloc(place), bytes]).toString('base64');
  return text.slice(Math.ceil((place * 8) / 6), Math.floor(((place + bytes.length) * 8) / 6));
}
