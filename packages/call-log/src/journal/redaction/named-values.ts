import type { Finder } from './finder.ts';

/** Words that a name ends with whose value is a credential, whatever that looks like. */
const credential = [
  'api[-_ ]?key',
  '(?:access|secret|private|account|subscription|signing|encryption|functions|master|auth)[-_ ]?key',
  '(?:access|refresh|auth|session|bearer|security|csrf|xsrf|id|private|personal|service|deploy|bot|vault|api|oauth)[-_ ]?token',
  '(?:client|app|consumer|webhook|signing|shared|auth|api|jwt|session|oauth|hmac)[-_ ]?secret',
  'passw(?:or)?d',
  'passphrase',
  'connection[-_ ]?string',
  '(?<![A-Za-z_])(?:proxy-|x-[a-z-]{0,20})?authorization',
].join('|');
/** Names that have other uses, too: their value must look like a credential. */
const ambiguous = 'token|secret|auth|jwt|pat|credentials?|sessionid|sid';

const credentialName = new RegExp(`(?:${credential})$`, 'i');
const ambiguousName = new RegExp(`^(?:${ambiguous})$`, 'i');
const cookieName = /^(?:set[-_]?)?cookies?2?$/i;

/**
 * Whether what stands under this field of an object is a credential by its name: always under `password`, `apiKey` or
 * `Authorization`; under `cookie` if it has the form of one; under `token` and the like if it looks random.
 */
export function isCredentialField(name: string, value: string): boolean {
  if (name.length < 3 || name.length > 64 || value === '') return false;
  if (credentialName.test(name)) return true;
  if (cookieName.test(name)) return value.includes('=') || looksRandom(value);
  return ambiguousName.test(name) && looksRandom(value);
}

/** Sixteen characters or more without a space, letters and digits mixed. */
function looksRandom(value: string): boolean {
  return value.length >= 16 && !/\s/.test(value) && /\d/.test(value) && /[a-z]/i.test(value);
}

// What follows `:` or `=` in text, found from that sign, because it is rare and the names may begin anywhere.
const gap = '[ \\t]{0,3}';
const quote = '\\\\{0,3}["\'`]';
const sign = `\\\\{0,3}["']?${gap}:?[:=]`;
const bare = '[^\\s"\'`,;&<>(){}[\\]|\\\\]';
const schemeBefore = '(?:(?:bearer|basic|token|apikey|digest|negotiate) )?';
const inUrl = '[^\\s"\'`&;<>(){}[\\]|\\\\#]';
const named = new RegExp(
  [
    // Cookie: a=b; c=d, up to the end of the line or of the string.
    `[:=](?<=(?<![a-z])(?:set-?)?cookie2?${sign})${gap}(?:${quote})?(?=[\\w!#$%&*+.^~-]{1,64}=)(?<cookie>[^\\r\\n"'\`\\\\]+)`,
    // "password": "anything", also escaped, as in JSON within JSON.
    `[:=](?<=(?:${credential})${sign})>?${gap}(?<quote>${quote})`,
    // ?api_key=anything, ;Password=anything
    `=(?<=[?&;][\\w.%-]{0,40}(?:${credential}|pwd)=)(?<inUrl>${inUrl}+)`,
    // ?key=, &sig=: with a digit, because these names have other uses.
    `=(?<=[?&;](?:${ambiguous}|key|sig|signature|x-(?:amz|goog)-(?:signature|credential))=)(?<maybeInUrl>(?=[^\\d&;\\s]{0,64}\\d)${inUrl}{8,})`,
    // password=hunter2, Authorization: Token abc123: six characters or more with a digit among them, because code is full of names.
    `[:=](?<=(?:${credential})${sign})>?${gap}(?<bare>${schemeBefore}(?=[^\\d\\s"'\`,;&<>(){}[\\]|\\\\]{0,64}\\d)${bare}{6,})`,
  ].join('|'),
  'iy',
);

/** A place for a value rather than a value: `$KEY`, `${key}`, `{{ key }}`, `<your key>`, `%s`, `***`. */
const placeholder =
  /^(?:(?:[Bb]earer|[Bb]asic|[Tt]oken) )?(?:\$[A-Z_][A-Z0-9_]*|\$?\{+[^{}]*\}+|<[^<>]*>|%s|%\(\w+\)s|[*xX•.…]+)$/;

// The last three letters of all those names. Most of what stands before a `:` or `=` ends otherwise, and is passed over.
const tails = new Uint8Array(1 << 15);
for (const tail of 'key ken ret ord swd pwd ase ing ion kie uth jwt pat ial als nid sid sig ure'.split(' '))
  tails[tailBefore(tail, 3)] = 1;

/** Values that the name before them gives away: cookies, `"password": "…"`, `?api_key=…`, `Authorization: …`. */
export const findNamedValues: Finder = (text, found) => {
  for (const colonOrEquals of [':', '='])
    for (let at = text.indexOf(colonOrEquals); at !== -1; ) {
      const end = tails[tailBefore(text, nameEnd(text, at))] === 1 ? findValue(text, at, found) : at + 1;
      at = text.indexOf(colonOrEquals, end);
    }
};

/** Returns where to look on. */
function findValue(text: string, at: number, found: Parameters<Finder>[1]): number {
  named.lastIndex = at;
  const match = named.exec(text);
  if (match === null) return at + 1;
  const { quote: opening, cookie, inUrl: url, maybeInUrl, bare: plain } = match.groups ?? {};
  const after = at + match[0].length;
  const start = after - (cookie ?? url ?? maybeInUrl ?? plain ?? '').length;
  const end = opening === undefined ? after : endOfString(text, start, opening);
  if (end > start && !placeholder.test(text.slice(start, end))) found(start, end);
  return Math.max(end, at + 1);
}

/** Where the name before a sign ends, quotes and spaces between them left out. */
function nameEnd(text: string, sign: number): number {
  let end = sign;
  while (end > 0 && sign - end < 10 && ' \t\\"\':'.includes(text.charAt(end - 1))) end--;
  return end > 0 && text[end - 1] === '2' ? end - 1 : end;
}

/** The three letters before a place as a number, small and capital ones alike. */
function tailBefore(text: string, end: number): number {
  const letter = (i: number) => text.charCodeAt(i) & 31;
  return (letter(end - 3) << 10) | (letter(end - 2) << 5) | letter(end - 1);
}

/** Where a string ends: at its closing quote, at the end of its line, or where the text was cut off. */
function endOfString(text: string, start: number, quote: string): number {
  let i = start;
  while (i < text.length && !text.startsWith(quote, i) && text[i] !== '\n') i += text[i] === '\\' ? 2 : 1;
  return Math.min(i, text.length);
}
