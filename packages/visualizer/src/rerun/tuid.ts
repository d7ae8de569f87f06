/** A Rerun id: 64 bits of time, in nanoseconds, and 64 that rise. */
export interface Tuid {
  timeNs: bigint;
  inc: bigint;
}

/** The id that is `offset` after `base`. */
export function tuidAt({ timeNs, inc }: Tuid, offset: number): Tuid {
  return { timeNs, inc: inc + BigInt(offset) };
}

/** As chunks name themselves: the time in upper case, the rest in lower case, as Rerun prints them. */
export function tuidText({ timeNs, inc }: Tuid): string {
  return hex(timeNs).toUpperCase() + hex(inc);
}

/** The bytes of ids by their offsets from `base`; in columns both halves are big-endian. */
export function tuidColumn({ timeNs, inc }: Tuid, offsets: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(offsets.length * 16);
  const view = new DataView(bytes.buffer);
  offsets.forEach((offset, index) => {
    view.setBigUint64(index * 16, timeNs);
    view.setBigUint64(index * 16 + 8, inc + BigInt(offset));
  });
  return bytes;
}

function hex(value: bigint): string {
  return value.toString(16).padStart(16, '0');
}
