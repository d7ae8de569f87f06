/**
 * Whether the stream that a pino logger writes to takes no more lines. Writing to it all the same would be an `error`
 * event of a worker's stream, which ends a program that does not listen for it.
 */
export function isEnded(pino: object): boolean {
  const stream = streamOf(pino);
  return typeof stream === 'object' && stream !== null && 'writable' in stream && stream.writable === false;
}

/** By the name of its symbol, because the logger is of the user's copy of pino. @see pino's docs/api.md, `pino.symbols` */
function streamOf(pino: object): unknown {
  for (let holder: object | null = pino; holder !== null; holder = Object.getPrototypeOf(holder)) {
    const symbol = Object.getOwnPropertySymbols(holder).find(
      ({ description }) => description === 'pino.stream',
    );
    if (symbol !== undefined) return Reflect.get(holder, symbol);
  }
  return undefined;
}
