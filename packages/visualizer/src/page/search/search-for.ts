import type { GraphEdge, GraphNode } from '../../graph/run-graph.ts';
import { exactTerm } from './query.ts';

/** The search for what a model or tool did; of speakers, for what they did, said or were told. */
export function searchForNode({ kind, id, label }: GraphNode): string {
  if (kind === 'tool') return exactTerm('tool', id);
  if (kind !== 'model') return exactTerm('agent', id);
  // A model's id is `provider/model`, its label the model.
  const provider = id.endsWith(`/${label}`) ? id.slice(0, -label.length - 1) : '';
  return provider === ''
    ? exactTerm('model', label)
    : `${exactTerm('model', label)} ${exactTerm('provider', provider)}`;
}

/** The search for what went from one node to another. */
export function searchForEdge({ kind }: Pick<GraphEdge, 'kind'>, from: GraphNode, to: GraphNode): string {
  const receiver = kind === 'message' ? exactTerm('to', to.id) : searchForNode(to);
  return `${exactTerm('from', from.id)} ${receiver}`;
}
