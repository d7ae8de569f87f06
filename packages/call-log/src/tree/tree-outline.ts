import type { JsonObject } from '../schema/json.ts';
import type { AgentNode, CallNode, LogNode, MessageNode, RunTree, StepNode } from '../schema/tree.ts';
import type { GrowingNumbers } from './growing-numbers.ts';
import type { NodeList } from './node-list.ts';

/** A tree whose nodes may lie in a file; they come one at a time. */
export interface TreeOutline extends Omit<RunTree, 'agents' | 'messages' | 'logs' | 'steps' | 'orphans'> {
  agents: (Omit<AgentNode, 'calls'> & { calls: NodeView<CallNode> })[];
  messages: NodeView<MessageNode>;
  logs?: NodeView<LogNode>;
  steps?: NodeView<StepNode>;
  orphans: NodeView<JsonObject>;
}

/** The whole tree, in memory. */
export function toTree({ agents, messages, logs, steps, orphans, ...rest }: TreeOutline): RunTree {
  return {
    schema_version: rest.schema_version,
    run: rest.run,
    agents: agents.map((agent) => ({ ...agent, calls: [...agent.calls] })),
    messages: [...messages],
    ...(logs !== undefined && { logs: [...logs] }),
    ...(steps !== undefined && { steps: [...steps] }),
    orphans: [...orphans],
    audit: rest.audit,
  };
}

/** Nodes of a list, in an order of their own, some of them shown otherwise than they stand there. */
export class NodeView<T extends object> {
  readonly #list: NodeList<T>;
  readonly #indexes: GrowingNumbers | undefined;
  readonly #instead: ReadonlyMap<number, T> | undefined;

  /**
   * @param indexes default: all
   * @param instead by index
   */
  constructor(list: NodeList<T>, indexes?: GrowingNumbers, instead?: ReadonlyMap<number, T>) {
    this.#list = list;
    this.#indexes = indexes;
    this.#instead = instead;
  }

  get length(): number {
    return this.#indexes?.length ?? this.#list.length;
  }

  *[Symbol.iterator](): Generator<T> {
    for (const index of this.#order()) yield this.#instead?.get(index) ?? this.#list.at(index);
  }

  /** The JSON of the nodes, separated by `,` and a line end, in pieces; what lies in a file is not parsed. */
  *json(): Generator<string | Buffer> {
    if (this.#instead === undefined || this.#instead.size === 0) {
      yield* this.#list.json(this.#order());
      return;
    }
    let asTheyStand: number[] = [];
    for (const index of this.#order()) {
      const shown = this.#instead.get(index);
      if (shown === undefined) {
        asTheyStand.push(index);
        continue;
      }
      yield* this.#list.json(asTheyStand);
      asTheyStand = [];
      yield JSON.stringify(shown);
    }
    yield* this.#list.json(asTheyStand);
  }

  /** Those that are shown otherwise than they stand in the list. */
  *shownOtherwise(): Generator<T> {
    for (const index of this.#instead === undefined ? [] : this.#order()) {
      const shown = this.#instead?.get(index);
      if (shown !== undefined) yield shown;
    }
  }

  *#order(): Generator<number> {
    if (this.#indexes !== undefined) yield* this.#indexes;
    else for (let index = 0; index < this.#list.length; index++) yield index;
  }
}
