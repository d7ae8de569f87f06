import { type Chunk, encodeChunk } from './chunk.ts';
import type { Arrow } from './load-arrow.ts';
import { activateBlueprintMessage, arrowMessage, type Store, storeInfoMessage } from './messages.ts';
import { concatBytes } from './protobuf.ts';
import { type Tuid, tuidAt } from './tuid.ts';

/**
 * The version that the file says it was written by: one that every viewer since then reads without a warning, as Rerun
 * promises for all files since 0.23.
 *
 * @see https://rerun.io/docs/concepts/logging-and-ingestion/rrd-format
 */
const VERSION = [0, 24, 1, 0] as const;
const VERSION_BITS = VERSION[0] | (VERSION[1] << 8) | (VERSION[2] << 16) | (VERSION[3] << 24);

/** "RRF2", the version, no compression, protobuf. */
const HEADER = Uint8Array.from([0x52, 0x52, 0x46, 0x32, ...VERSION, 0, 2, 0, 0]);

/** Of frames. */
const KIND = { storeInfo: 1, arrow: 2, blueprintActivation: 3 } as const;

/** A store and all that is in it. */
export interface StoreContent {
  store: Store;
  /** Id of the row that begins it. */
  id: number;
  chunks: readonly Chunk[];
}

/**
 * The file: a recording, and the blueprint to show it with. `base` is what all its ids begin with. Without an end frame and its index, both optional, so that
 * files can be concatenated.
 */
export function rrdFile(
  arrow: Arrow,
  base: Tuid,
  recording: StoreContent,
  blueprint: StoreContent,
): Uint8Array {
  return concatBytes([
    HEADER,
    ...storeFrames(arrow, base, recording),
    ...storeFrames(arrow, base, blueprint),
    ...frame(KIND.blueprintActivation, [activateBlueprintMessage(blueprint.store)]),
  ]);
}

function storeFrames(arrow: Arrow, base: Tuid, { store, id, chunks }: StoreContent): Uint8Array[] {
  return [
    ...frame(KIND.storeInfo, [storeInfoMessage(store, tuidAt(base, id), VERSION_BITS)]),
    ...chunks.flatMap((chunk) =>
      frame(
        KIND.arrow,
        arrowMessage(
          store,
          tuidAt(base, chunk.id),
          chunk.times.length === 0,
          encodeChunk(arrow, base, chunk),
        ),
      ),
    ),
  ];
}

function frame(kind: number, payload: readonly Uint8Array[]): Uint8Array[] {
  const head = new Uint8Array(16);
  const view = new DataView(head.buffer);
  const length = payload.reduce((sum, part) => sum + part.length, 0);
  view.setBigUint64(0, BigInt(kind), true);
  view.setBigUint64(8, BigInt(length), true);
  return [head, ...payload];
}
