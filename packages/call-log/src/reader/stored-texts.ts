/** A reference of a request to a stored chat message; with the message, where it is stored. */
export interface Stored {
  hash?: unknown;
  message?: unknown;
}

/**
 * The JSON of the messages that a line stores, cut out of the line where it is laid out as the log does it, which
 * spares making it again. Whoever gets a text checks it against its hash, so a wrong cut does no harm.
 *
 * @returns by position; `undefined` for a message that is not stored here, or not laid out that way
 */
export function storedTexts(line: string, stored: readonly Stored[]): (string | undefined)[] {
  let at = 0;
  const begins = stored.map(({ hash, message }) => {
    const head = message === undefined ? `{"hash":"${hash}"}` : `{"hash":"${hash}","message":`;
    const begin = line.indexOf(head, at);
    if (begin !== -1) at = begin + head.length;
    return { begin, end: at };
  });
  return stored.map(({ message }, i) => {
    const here = begins[i];
    if (message === undefined || here === undefined || here.begin === -1) return undefined;
    // Before the next one stand `},`; after the last one the list and the record end.
    const next = begins[i + 1];
    const end = next === undefined ? line.length - '}]}'.length : next.begin - '},'.length;
    return end > here.end ? line.slice(here.end, end) : undefined;
  });
}
