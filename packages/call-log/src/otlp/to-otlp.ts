import type { RunTree } from '../schema/tree.ts';
import { type OtlpRequest, toOtlpRequest } from './otlp-json.ts';
import { type TreeToSpansOptions, treeToSpans } from './tree-to-spans.ts';

/**
 * A run as OpenTelemetry has it: one trace in OTLP's JSON encoding, with the names of the GenAI conventions, for any
 * collector, Jaeger, Grafana Tempo, Langfuse, Phoenix. Always the same spans for the same run. `fromOtlp()` gives back
 * the tree, equal in every field.
 */
export function toOtlp(tree: RunTree, options: TreeToSpansOptions = {}): OtlpRequest {
  return toOtlpRequest([...treeToSpans(tree, options)]);
}
