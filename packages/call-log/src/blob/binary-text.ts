import type { BlobReference } from '../schema/blob-reference.ts';

/** Bytes that stood somewhere as text. */
export interface BinaryText {
  encoding: 'data_url' | 'base64';
  /** What the data URL says of itself, in its own words, be it nothing; absent for base64. */
  mediaType?: string;
  bytes: Buffer;
}

/** A data URL names its type in fewer characters. */
const LONGEST_HEADER = 256;
/** Characters looked at before anything is decoded. */
const SAMPLES = 64;

/**
 * The bytes of a text that is a base64 data URL, or base64 from end to end; `undefined` for any other, and for one
 * that its bytes would not give back to the letter. Ordinary text is recognised by a few of its characters.
 */
export function readBinaryText(text: string): BinaryText | undefined {
  const header = dataUrlHeader(text);
  const body = header === undefined ? text : text.slice(header.length);
  const classes = sample(body);
  if (classes === undefined || body.length % 4 !== 0) return undefined;
  // Words without spaces and rows of one letter are base64, too, and are better read as they are.
  if (header === undefined && classes < 3) return undefined;
  const bytes = Buffer.from(body, 'base64');
  if (bytes.toString('base64') !== body) return undefined;
  if (header === undefined) return { encoding: 'base64', bytes };
  return { encoding: 'data_url', mediaType: header.slice('data:'.length, -';base64,'.length), bytes };
}

/** The text that a reference stands for, from its bytes. */
export function toBinaryText({ encoding, media_type }: BlobReference['$blob'], bytes: Buffer): string {
  const base64 = bytes.toString('base64');
  return encoding === 'data_url' ? `data:${media_type ?? ''};base64,${base64}` : base64;
}

/** `data:image/png;base64,` */
function dataUrlHeader(text: string): string | undefined {
  if (!text.startsWith('data:')) return undefined;
  const header = text.slice(0, text.slice(0, LONGEST_HEADER).indexOf(',') + 1);
  return header.endsWith(';base64,') ? header : undefined;
}

/** How many of upper case, lower case and digits some characters show; `undefined` when one of them is no base64. */
function sample(text: string): number | undefined {
  const step = Math.max(1, Math.floor((text.length - 2) / SAMPLES));
  let upper = 0;
  let lower = 0;
  let digit = 0;
  for (let i = 0; i < text.length - 2; i += step) {
    const code = text.charCodeAt(i);
    if (code >= 0x61 && code <= 0x7a) lower = 1;
    else if (code >= 0x41 && code <= 0x5a) upper = 1;
    else if (code >= 0x30 && code <= 0x39) digit = 1;
    else if (code !== 0x2b && code !== 0x2f) return undefined;
  }
  return upper + lower + digit;
}
