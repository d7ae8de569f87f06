/** Reading runs back: trees, requests as recorded, and what makes two requests the same. */

export { type LocatedRun, locateRun } from './reader/locate.ts';
export { readTree } from './reader/read-tree.ts';
export { canonicalRequest, requestKey } from './reader/request-key.ts';
export { type CanonicalTree, canonicalTree } from './tree/canonical-tree.ts';
export { callsById, expandRequest } from './tree/expand-request.ts';
