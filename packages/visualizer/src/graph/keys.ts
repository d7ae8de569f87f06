import type { GraphEdgeKind } from './run-graph.ts';

/** Node and edge keys. Parts are JSON, so that no id can be mistaken for another, whatever is in it. */
export function agentKey(agentId: string): string {
  return `agent:${JSON.stringify(agentId)}`;
}

export function modelKey(provider: string, model: string): string {
  return `model:${JSON.stringify([provider, model])}`;
}

export function toolKey(name: string): string {
  return `tool:${JSON.stringify(name)}`;
}

export function edgeKey(kind: GraphEdgeKind, from: string, to: string): string {
  return `${kind}:${from}>${to}`;
}
