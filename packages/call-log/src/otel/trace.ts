import type { AgentRef } from '../schema/common.ts';
import type { TraceNode } from './reading.ts';

/** No real trace is deeper. One that is, or whose spans stand around each other, must not waste time. */
const MAX_DEPTH = 256;

/** A span in its trace, with what the others have taught about it. */
export type KnownNode = TraceNode & {
  /** The call that asked for this tool. */
  callerId?: string;
  /** The id that this call gave the tool call. */
  askedAs?: string;
  /** Contains the span of the same call; it is not a call of its own. */
  wraps?: boolean;
};

/** Who a span belongs to, and how that is known. */
export interface Owner {
  agent: AgentRef;
  source: 'explicit' | 'context';
}

/** The spans of one trace by their ids, and the questions that only their ancestors can answer. */
export class Trace {
  readonly nodes = new Map<string, KnownNode>();

  /** The spans around one, the nearest first. */
  *around(node: KnownNode): Generator<KnownNode> {
    let inner = node;
    for (let depth = 0; depth < MAX_DEPTH && inner.parentId !== undefined; depth++) {
      const outer = this.nodes.get(inner.parentId);
      if (outer === undefined) return;
      yield outer;
      inner = outer;
    }
  }

  /** Whether everything around a span is known, up to the first span of this process. */
  isPlaced(node: KnownNode): boolean {
    let last = node;
    for (const outer of this.around(node)) last = outer;
    return this.isRoot(last);
  }

  /** Whether a span is the first of its trace in this process. */
  isRoot(node: KnownNode): boolean {
    if (node.parentId === undefined) return true;
    return node.remoteParent === true && !this.nodes.has(node.parentId);
  }

  /** The agent that the nearest span names, or that was around the code that began it; the next agent is its parent. */
  ownerOf(node: KnownNode): Owner | undefined {
    let owner: Owner | undefined;
    for (const one of this.#agentsAround(node)) {
      if (owner === undefined) owner = one;
      if (owner.agent.parent_id !== undefined) return owner;
      if (one.agent.id !== owner.agent.id)
        return { ...owner, agent: { ...owner.agent, parent_id: one.agent.id } };
    }
    return owner;
  }

  *#agentsAround(node: KnownNode): Generator<Owner> {
    let inner: KnownNode | undefined = node;
    const outers = this.around(node);
    while (inner !== undefined) {
      const outer: KnownNode | undefined = outers.next().value ?? undefined;
      const named = inner.reading?.agent;
      if (named !== undefined) yield { agent: named, source: inner === node ? 'explicit' : 'context' };
      // Every span within an agent's code knows of it: the outermost of them is where it stands.
      const agent: AgentRef | undefined = inner.around?.agent;
      if (agent !== undefined && outer?.around?.agent?.id !== agent.id) yield { agent, source: 'context' };
      inner = outer;
    }
  }

  /** The call that another was made for: the one that asked for the tool around it, or the one it is part of. */
  parentCallOf(node: KnownNode): string | undefined {
    for (const outer of this.around(node)) {
      if (outer.callerId !== undefined) return outer.callerId;
      if (outer.reading?.kind === 'call' && outer.wraps !== true) return outer.id;
    }
    return undefined;
  }

  /** The call around a span, with no tool and no agent in between: the same request, seen from further away. */
  wrapperOf(node: KnownNode): KnownNode | undefined {
    for (const outer of this.around(node)) {
      if (outer.reading?.kind === 'call') return this.#isWithin(outer, node) ? undefined : outer;
      if (outer.reading !== undefined) return undefined;
    }
    return undefined;
  }

  /** Whether a span stands in another, or so deep that nobody can tell. */
  #isWithin(node: KnownNode, other: KnownNode): boolean {
    const around = [...this.around(node)];
    return around.length >= MAX_DEPTH || around.includes(other);
  }

  /** Where an agent's work stands: the nearest span of an agent, else the whole trace. */
  scopeOf(node: KnownNode): string {
    for (const outer of this.around(node)) if (outer.reading?.kind === 'agent') return outer.id;
    return '';
  }
}
