import { agentKey, modelKey } from '../graph/keys.ts';
import type { GraphNode } from '../graph/run-graph.ts';
import type { Moment } from './moments.ts';

/** An edge: from one node to another, as places in the list of nodes. There is one object for each pair. */
export interface Link {
  /** Its number among the links that were met. */
  index: number;
  from: number;
  to: number;
}

/** Who takes part in a moment; whoever is not in the graph is absent. */
export interface Parties {
  from?: number;
  to?: number;
  /** When there are both. */
  link?: Link;
}

/** Finds out who takes part in what. */
export interface Links {
  of(moment: Moment): Parties;
}

/** @param nodes of the graph, whose kinds and ids say what they stand for */
export function createLinks(nodes: readonly GraphNode[]): Links {
  const agents = new Map<string, number>();
  const tools = new Map<string, number>();
  const keys = new Map<string, number>();
  nodes.forEach(({ key, kind, id }: { key: string; kind: string; id: string }, index) => {
    keys.set(key, index);
    if (kind === 'tool') tools.set(id, index);
    else if (key === agentKey(id)) agents.set(id, index);
  });
  const models = new Map<string, Map<string, number | undefined>>();
  const modelOf = (provider: string, model: string) => {
    const known = models.get(provider) ?? new Map<string, number | undefined>();
    models.set(provider, known);
    if (!known.has(model)) known.set(model, keys.get(modelKey(provider, model)));
    return known.get(model);
  };
  const agentOf = (id: string | undefined) => (id === undefined ? undefined : agents.get(id));

  const links = new Map<number, Parties>();
  const parties = (from: number | undefined, to: number | undefined): Parties => {
    if (from === undefined) return to === undefined ? {} : { to };
    if (to === undefined) return { from };
    const pair = from * nodes.length + to;
    const known = links.get(pair);
    if (known !== undefined) return known;
    const both = { from, to, link: { index: links.size, from, to } };
    links.set(pair, both);
    return both;
  };
  return {
    of(moment) {
      switch (moment.type) {
        case 'pre':
        case 'post':
          return parties(agentOf(moment.agentId), modelOf(moment.node.pre.provider, moment.node.pre.model));
        case 'tool':
          return parties(agentOf(moment.agentId), tools.get(moment.node.name));
        case 'message':
          return parties(agentOf(moment.node.from), agentOf(moment.node.to));
      }
    },
  };
}
