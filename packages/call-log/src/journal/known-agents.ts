import type { AgentRef } from '../schema/common.ts';
import type { JsonObject } from '../schema/json.ts';
import { RecentMap } from './recent-map.ts';
import type { PlainJson } from './to-plain-json.ts';

/** Agents known to a run; one beyond that is introduced again when it comes back. */
const REMEMBERED_AGENTS = 10_000;

/** An agent's fields, whatever they are. */
type Looked = Pick<AgentRef, 'id'> & { [field in keyof AgentRef]: unknown };

/** An agent that is to be introduced. */
export interface AgentNews {
  agent: JsonObject;
  /** To be called when it has been: from then on it is known. */
  told(): void;
}

/** What a segment says of agents already. */
export class KnownAgents {
  readonly #known = new RecentMap<string, JsonObject>(REMEMBERED_AGENTS);
  /** As they were given last, so that most calls need not look closer. */
  readonly #given = new RecentMap<string, Looked>(REMEMBERED_AGENTS);

  /** What is new about an agent, if anything is. */
  news(given: AgentRef, plain: (fields: object) => PlainJson): AgentNews | undefined {
    const looked = look(given);
    if (looked !== undefined && isSame(looked, this.#given.get(looked.id))) return undefined;
    const { agent } = plain({ agent: given }).value as { agent: JsonObject };
    const id = String(agent.id);
    const known = this.#known.get(id);
    const merged = { ...known, ...agent };
    const told = () => {
      this.#known.set(id, merged);
      if (looked !== undefined) this.#given.set(looked.id, looked);
    };
    if (known === undefined || JSON.stringify(known) !== JSON.stringify(merged)) return { agent, told };
    told();
    return undefined;
  }

  clear(): void {
    this.#known.clear();
    this.#given.clear();
  }
}

/** The agent as it is now; `undefined` for one that throws when it is looked at. */
function look(agent: AgentRef): Looked | undefined {
  try {
    const { id, name, role, parent_id } = agent;
    return { id, name, role, parent_id };
  } catch {
    return undefined;
  }
}

function isSame(agent: Looked, last: Looked | undefined): boolean {
  if (last === undefined) return false;
  return agent.name === last.name && agent.role === last.role && agent.parent_id === last.parent_id;
}
