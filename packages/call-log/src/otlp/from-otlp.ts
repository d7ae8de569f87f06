import type { RunTree } from '../schema/tree.ts';
import { fromOtlpRequest } from './otlp-json.ts';
import { readOwnTrees } from './read-own-trees.ts';
import { isOwnSpan } from './spans-to-trees.ts';

/**
 * The runs of spans that `toOtlp()` or `createOtlpExporter()` made, one tree for each trace; several requests may be
 * parts of one. Spans of others are left out.
 *
 * @param requests one `ExportTraceServiceRequest`, or several
 * @throws {OtlpFormatError} when it is none, or what it says of a run is no tree; names the place
 */
export async function fromOtlp(requests: unknown): Promise<RunTree[]> {
  const list: unknown[] = Array.isArray(requests) ? requests : [requests];
  return readOwnTrees(list.flatMap(fromOtlpRequest).filter(isOwnSpan));
}
