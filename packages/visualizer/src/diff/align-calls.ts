import { alignSequences } from './align-sequences.ts';

/** Calls that correspond, by their place in each list; a call that only one run has stands alone. */
export type Aligned = readonly [number, number] | readonly [number, undefined] | readonly [undefined, number];

/** What two calls are held to be the same by. */
export interface CallKeys {
  /** The whole conversation that was sent. */
  conversation: number;
  /** Its last message: what is new in the call. */
  last: number;
}

/**
 * Which calls of an agent in one run correspond to which in another, in order. Calls that sent the same conversation
 * belong together; between those, calls whose last message is the same; between those, the first with the first and so on.
 */
export function alignCalls(a: readonly CallKeys[], b: readonly CallKeys[]): Aligned[] {
  const aligned: Aligned[] = [];
  between(
    a,
    b,
    whole,
    (fromA, toA, fromB, toB) => {
      const [innerA, innerB] = [a.slice(fromA, toA), b.slice(fromB, toB)];
      between(
        innerA,
        innerB,
        newest,
        (fromA2, toA2, fromB2, toB2) => {
          const pairs = Math.max(toA2 - fromA2, toB2 - fromB2);
          for (let i = 0; i < pairs; i++) {
            const placeA = fromA2 + i < toA2 ? fromA + fromA2 + i : undefined;
            const placeB = fromB2 + i < toB2 ? fromB + fromB2 + i : undefined;
            if (placeA !== undefined)
              aligned.push(placeB === undefined ? [placeA, undefined] : [placeA, placeB]);
            else if (placeB !== undefined) aligned.push([undefined, placeB]);
          }
        },
        (placeA, placeB) => aligned.push([fromA + placeA, fromB + placeB]),
      );
    },
    (placeA, placeB) => aligned.push([placeA, placeB]),
  );
  return aligned;
}

const whole = ({ conversation }: CallKeys) => conversation;
const newest = ({ last }: CallKeys) => last;

/** Goes through both lists in order: what corresponds by a key, and the gaps before, between and after. */
function between(
  a: readonly CallKeys[],
  b: readonly CallKeys[],
  key: (call: CallKeys) => number,
  gap: (fromA: number, toA: number, fromB: number, toB: number) => void,
  match: (placeA: number, placeB: number) => void,
): void {
  let [fromA, fromB] = [0, 0];
  for (const [placeA, placeB] of alignSequences(a.map(key), b.map(key))) {
    if (placeA > fromA || placeB > fromB) gap(fromA, placeA, fromB, placeB);
    match(placeA, placeB);
    [fromA, fromB] = [placeA + 1, placeB + 1];
  }
  if (fromA < a.length || fromB < b.length) gap(fromA, a.length, fromB, b.length);
}
