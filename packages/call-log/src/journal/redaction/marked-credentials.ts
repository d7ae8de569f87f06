import { isUtf8 } from 'node:buffer';
import { eachMatch, type Finder, type Found, NOT_A_WORD } from './finder.ts';

/** What tells by a mark in front of it that it is a credential. */
export const findMarkedCredentials: Finder = (text, found) => {
  if (text.includes('@')) findUserInfo(text, found);
  if (text.length < SHORTEST_SCHEME) return;
  if (schemeName.test(text)) findSchemes(text, found);
  if (text.includes('-----BEGIN '))
    eachMatch(privateKey, text, ({ index, 0: key }) => found(index, index + key.length));
};

/** The END line may be missing, because the text was cut off: then everything that follows is taken for the key. */
const privateKey =
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/g;

// What RFC 3986 allows before the @, because pages and JSON are full of "://"; and the @ itself, which people forget to encode.
const password = /:\/\/[\w.~!$&'()*+,;=%@-]*:(?<secret>[\w.~!$&'()*+,;=%:^#?@-]+)@/y;
const token = /:\/\/(?<secret>(?=[A-Za-z_-]{0,64}\d)[\w-]{20,})@/y;

/** Passwords in URLs and connection strings, `scheme://user:password@host`, and tokens, `scheme://token@host`. */
function findUserInfo(text: string, found: Found): void {
  let sign = -1;
  for (let at = text.indexOf('://'); at !== -1; at = text.indexOf('://', at + 3)) {
    if (sign < at) sign = text.indexOf('@', at);
    if (sign === -1) return;
    const slash = text.indexOf('/', at + 3);
    if ((slash !== -1 && slash < sign) || !/[a-z0-9]/i.test(text.charAt(at - 1))) continue;
    for (const pattern of [password, token]) {
      pattern.lastIndex = at;
      const secret = pattern.exec(text)?.groups?.secret;
      if (secret !== undefined) found(pattern.lastIndex - 1 - secret.length, pattern.lastIndex - 1);
    }
  }
}

/** `basic ` and `a:b` in base64. */
const SHORTEST_SCHEME = 10;
// On its own, because it takes a fraction of the time that the whole pattern does.
const schemeName = /b(?:earer|asic)[ \t]/i;
// @see RFC 6750, RFC 7617
const scheme = new RegExp(
  `\\b(?:bearer[ \\t]{1,4}(?=[A-Za-z._~+/-]{0,64}[0-9]|${NOT_A_WORD})[A-Za-z0-9._~+/-]{16,}=*|basic[ \\t]{1,4}(?<basic>[A-Za-z0-9+/_-]{4,}={0,2}))`,
  'gi',
);

function findSchemes(text: string, found: Found): void {
  eachMatch(scheme, text, ({ index, 0: credential, groups }) => {
    const basic = groups?.basic;
    if (basic === undefined || isUserAndPassword(basic)) found(index, index + credential.length);
  });
}

/** "Basic" is a word of its own; what follows it is a credential if it says `user:password` in base64. */
function isUserAndPassword(base64: string): boolean {
  const bytes = Buffer.from(base64, 'base64');
  return isUtf8(bytes) && /^\P{Cc}*:\P{Cc}*$/u.test(bytes.toString());
}
