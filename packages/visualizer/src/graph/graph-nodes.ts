import type { GraphSource, SourceAgent, SourceCall } from './graph-source.ts';
import { agentKey, modelKey, toolKey } from './keys.ts';
import type { GraphNode } from './run-graph.ts';
import { emptyTotals } from './totals.ts';

/** How something without a name and with an empty id is called. */
const UNNAMED = '(unnamed)';

/** Roles the log writes for speakers that have no model behind them. */
const WITHOUT_MODEL: ReadonlySet<string> = new Set(['person', 'terminal', 'tool']);

/** The nodes of a graph while it is folded, found by what the record calls them. */
export class GraphNodes {
  readonly #speakers = new Map<string, GraphNode>();
  readonly #models = new Map<string, Map<string, GraphNode>>();
  readonly #tools = new Map<string, GraphNode>();
  readonly #modelsInOrder: GraphNode[] = [];

  /** Somebody the record introduces. Silent until something is heard of them. */
  introduce(agent: SourceAgent): void {
    if (this.#speakers.has(agent.id)) return;
    const { id, name, role, parentId } = agent;
    const isPerson = role !== undefined && WITHOUT_MODEL.has(role);
    this.#speakers.set(id, {
      key: agentKey(id),
      kind: isPerson ? 'person' : 'agent',
      id,
      label: name || id || UNNAMED,
      ...(role !== undefined && { role }),
      ...(parentId !== undefined && { parentId }),
      isSilent: true,
      totals: emptyTotals(),
    });
  }

  /** Who sends, receives or asks; whom nobody introduced is taken for an agent. */
  speaker(id: string): GraphNode {
    const known = this.#speakers.get(id);
    if (known !== undefined) {
      delete known.isSilent;
      return known;
    }
    const node: GraphNode = {
      key: agentKey(id),
      kind: 'agent',
      id,
      label: id || UNNAMED,
      totals: emptyTotals(),
    };
    this.#speakers.set(id, node);
    return node;
  }

  /** Who made a call. Whoever does has a model, whatever the record says of the role. */
  caller(id: string): GraphNode {
    const node = this.speaker(id);
    node.kind = 'agent';
    return node;
  }

  model({ provider, model }: SourceCall): GraphNode {
    const known = this.#models.get(provider)?.get(model);
    if (known !== undefined) return known;
    const id = `${provider}/${model}`;
    const key = modelKey(provider, model);
    const node: GraphNode = { key, kind: 'model', id, label: model || id, totals: emptyTotals() };
    const ofProvider = this.#models.get(provider) ?? new Map<string, GraphNode>();
    this.#models.set(provider, ofProvider.set(model, node));
    this.#modelsInOrder.push(node);
    return node;
  }

  tool(name: string): GraphNode {
    const known = this.#tools.get(name);
    if (known !== undefined) return known;
    const node: GraphNode = {
      key: toolKey(name),
      kind: 'tool',
      id: name,
      label: name || UNNAMED,
      totals: emptyTotals(),
    };
    this.#tools.set(name, node);
    return node;
  }

  /** Takes the silence off those who take part in this run, though not in the part of it that is shown. */
  unsilence({ calls, messages }: GraphSource): void {
    const hear = (id: string | undefined) => {
      const node = id === undefined ? undefined : this.#speakers.get(id);
      if (node !== undefined) delete node.isSilent;
    };
    for (const { agentId } of calls) hear(agentId);
    for (const { from, to } of messages) {
      hear(from);
      hear(to);
    }
  }

  /** All of them: agents, speakers, models, tools. */
  list(): GraphNode[] {
    return [...this.#speakers.values(), ...this.#modelsInOrder, ...this.#tools.values()];
  }
}
