import type { Answer } from '../scenario/scene.ts';

/** A way from one node to another. */
export interface GraphEdge<State> {
  /** A node; or several, all of which have to be through before it is taken: a join. */
  from: string | readonly string[];
  to: string;
  /** Whether it is taken, by the state after the step and what was said last. Default: always. */
  when?: ((state: State, said: Answer | undefined) => boolean) | undefined;
  /** How often it is taken at most, for loops; then it is no way any more. Default: no limit. */
  maxTimes?: number | undefined;
}

/** Whether an edge may not be taken, so that its node may be where it ends. */
export function isConditional<State>({ from, when, maxTimes }: GraphEdge<State>): boolean {
  return when !== undefined || maxTimes !== undefined || typeof from !== 'string';
}

/** The edges of a graph while it is gone through: what has been taken how often, and which joins wait for what. */
export class Ways<State> {
  readonly #edges: readonly GraphEdge<State>[];
  readonly #taken = new Map<GraphEdge<State>, number>();
  readonly #arrived = new Map<GraphEdge<State>, Map<string, readonly Answer[]>>();

  constructor(edges: readonly GraphEdge<State>[]) {
    this.#edges = edges;
  }

  /**
   * Where it goes on after a node, and what was said on the way there.
   *
   * @returns `undefined` when no way leads on; a join that waits for others is a way
   */
  from(
    node: string,
    said: readonly Answer[],
    state: State,
  ): { to: string; said: readonly Answer[] }[] | undefined {
    const ways: { to: string; said: readonly Answer[] }[] = [];
    let waits = false;
    for (const edge of this.#edges) {
      const { from, to, when, maxTimes = Number.POSITIVE_INFINITY } = edge;
      const sources = typeof from === 'string' ? [from] : from;
      const times = this.#taken.get(edge) ?? 0;
      if (!sources.includes(node) || times >= maxTimes) continue;
      const arrived = this.#arrived.get(edge) ?? new Map<string, readonly Answer[]>();
      this.#arrived.set(edge, arrived.set(node, said));
      if (arrived.size < new Set(sources).size) {
        waits = true;
        continue;
      }
      this.#arrived.delete(edge);
      const all = sources.flatMap((source) => arrived.get(source) ?? []);
      if (when !== undefined && !when(state, said.at(-1))) continue;
      this.#taken.set(edge, times + 1);
      ways.push({ to, said: all });
    }
    return ways.length > 0 || waits ? ways : undefined;
  }

  /** The joins that wait for somebody who has not come. */
  get waiting(): string[] {
    return [...this.#arrived].map(([{ from, to }, arrived]) => {
      const missing = [from].flat().filter((node) => !arrived.has(node));
      return `${to} waits for ${missing.join(', ')}`;
    });
  }
}
