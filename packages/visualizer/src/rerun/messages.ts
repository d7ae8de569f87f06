import { bytesField, bytesHead, concatBytes, fixed64Field, varintField } from './protobuf.ts';
import type { Tuid } from './tuid.ts';

/**
 * The messages of a recording, as payloads of their frames.
 *
 * @see https://github.com/rerun-io/rerun/tree/main/crates/store/re_protos/proto/rerun/v1alpha1 (log_msg.proto, common.proto)
 */

/** Who makes the recordings; the layout that a viewer keeps belongs to it. */
const APPLICATION = 'pd-visualizer';
const APPLICATION_ID = bytesField(1, APPLICATION);
/** `STORE_SOURCE_KIND_OTHER` */
const OTHER_SOURCE = 6;
/** `COMPRESSION_NONE` */
const UNCOMPRESSED = 1;
/** `ENCODING_ARROW_IPC` */
const ARROW_IPC = 1;

/** What a chunk belongs to: the recording, or the blueprint (which says how to show it). */
export interface Store {
  kind: 'recording' | 'blueprint';
  /** Not empty. */
  id: string;
}

function storeId({ kind, id }: Store): Uint8Array {
  return concatBytes([
    varintField(1, kind === 'recording' ? 1 : 2),
    bytesField(2, id),
    bytesField(3, APPLICATION_ID),
  ]);
}

function tuid({ timeNs, inc }: Tuid): Uint8Array {
  return concatBytes([fixed64Field(1, timeNs), fixed64Field(2, inc)]);
}

/** `SetStoreInfo`: begins a store. */
export function storeInfoMessage(store: Store, rowId: Tuid, versionBits: number): Uint8Array {
  return concatBytes([
    bytesField(1, tuid(rowId)),
    bytesField(
      2,
      // Deprecated, but what 0.24 reads.
      bytesField(1, APPLICATION_ID),
      bytesField(2, storeId(store)),
      bytesField(5, varintField(1, OTHER_SOURCE), bytesField(2, bytesField(1, APPLICATION))),
      bytesField(6, varintField(1, versionBits)),
    ),
  ]);
}

/** `ArrowMsg`: a chunk. In pieces, because the payload may be large and need not be copied again. */
export function arrowMessage(
  store: Store,
  chunkId: Tuid,
  isStatic: boolean,
  payload: Uint8Array,
): Uint8Array[] {
  return [
    bytesField(1, storeId(store)),
    varintField(2, UNCOMPRESSED),
    varintField(3, payload.length),
    varintField(4, ARROW_IPC),
    bytesHead(5, payload.length),
    payload,
    bytesField(6, tuid(chunkId)),
    ...(isStatic ? [varintField(7, 1)] : []),
  ];
}

/** `BlueprintActivationCommand`: shows the recording the way the blueprint says, now and by default. */
export function activateBlueprintMessage(blueprint: Store): Uint8Array {
  return concatBytes([bytesField(1, storeId(blueprint)), varintField(2, 1), varintField(3, 1)]);
}
