import type { RunTree } from '@pd/call-log/schema';
import { edgeFailures } from '../graph/edge-failures.ts';
import { graphOf } from '../graph/is-tree.ts';
import type { RunGraph } from '../graph/run-graph.ts';
import { type Figures, snakeFigures } from './snake-figures.ts';

/** A node of {@link NodeLink}. Figures are those of the graph, in snake_case; what is not known is absent. */
export interface NodeLinkNode extends Figures {
  /** The graph's key: unique, whatever the kinds. */
  id: string;
  kind: string;
  /** The agent's id as recorded, or `provider/model`. */
  name: string;
  label: string;
}

/** An edge of {@link NodeLink}: all messages or calls of one node to another. */
export interface NodeLinkLink extends Figures {
  source: string;
  target: string;
  /** Tells edges between the same nodes apart; the graph's key. */
  key: string;
  kind: string;
  count: number;
  /** Calls that failed, messages that were refused or lost. */
  errors: number;
}

/** A graph as networkx (`node_link_graph(data, edges="links")`) and d3 (`forceLink().id((node) => node.id)`) read it. */
export interface NodeLink {
  directed: true;
  multigraph: true;
  graph: { run_id: string; run_name?: string };
  nodes: NodeLinkNode[];
  links: NodeLinkLink[];
}

/**
 * A run as node-link JSON: every node and edge of the graph with its figures, without what was said. In the order of the
 * record. It is data: ids are as recorded, so escape them before you show them.
 *
 * @param source a run's tree, or the graph made of it
 * @see https://networkx.org/documentation/stable/reference/readwrite/json_graph.html
 */
export function toNodeLink(source: RunTree | RunGraph): NodeLink {
  const { runId, runName, nodes, edges } = graphOf(source);
  return {
    directed: true,
    multigraph: true,
    graph: { run_id: runId, ...(runName !== undefined && { run_name: runName }) },
    nodes: nodes.map(({ key, kind, id, label, role, parentId, totals }) => ({
      id: key,
      kind,
      name: id,
      label,
      ...(role !== undefined && { role }),
      ...(parentId !== undefined && { parent: parentId }),
      ...snakeFigures(totals),
    })),
    links: edges.map((edge) => ({
      source: edge.from,
      target: edge.to,
      key: edge.key,
      kind: edge.kind,
      count: edge.count,
      ...('totals' in edge && snakeFigures(edge.totals)),
      errors: edgeFailures(edge),
    })),
  };
}
