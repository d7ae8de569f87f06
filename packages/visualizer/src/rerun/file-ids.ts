import { hex } from './hex.ts';
import type { Tuid } from './tuid.ts';

/** Numbers the rows and chunks of one file. */
export interface FileIds {
  /** The first of `count` ids that follow on each other. */
  take(count: number): number;
}

export function createFileIds(): FileIds {
  let next = 0;
  return {
    take(count) {
      next += count;
      return next - count;
    },
  };
}

/** What tells files apart: the same for the same content, different for any other. */
export interface FileIdentity {
  /** What all ids of the file begin with. */
  base: Tuid;
  /** Eight hexadecimal digits of the content's hash. */
  short: string;
  /** A UUID's 16 bytes, another each time. */
  uuid(): Uint8Array;
}

/**
 * @param content what the file is told apart by: a viewer leaves out chunks whose id it has seen already
 * @param startMs when the run began, in milliseconds since 1970
 */
export async function identify(content: Uint8Array<ArrayBuffer>, startMs: number): Promise<FileIdentity> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
  // The highest bit is left free, so that no sum overflows.
  const inc = new DataView(digest.buffer).getBigUint64(0) >> 1n;
  let uuids = 0;
  return {
    base: { timeNs: BigInt(Math.max(0, startMs)) * 1_000_000n, inc },
    short: hex(digest.subarray(8, 12)),
    uuid() {
      const uuid = digest.slice(16);
      uuid[15] = uuids++;
      // RFC 9562: version 8 (custom), variant 10.
      uuid[6] = ((uuid[6] ?? 0) & 0x0f) | 0x80;
      uuid[8] = ((uuid[8] ?? 0) & 0x3f) | 0x80;
      return uuid;
    },
  };
}
