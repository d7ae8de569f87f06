import { type Agent, defineAgent, type RouterAgent } from '@pd/agents';

/** One for each router, so that it is the same one wherever it chooses. */
const choosers = new WeakMap<Agent, Agent>();

/** A router as somebody who only says who is next; asked as an agent, it has that one answer too. Other agents are as they are. */
export function asChooser(agent: Agent): Agent {
  const { route } = agent as Partial<RouterAgent>;
  if (typeof route !== 'function') return agent;
  const known = choosers.get(agent);
  if (known !== undefined) return known;
  const { id, name, role, description } = agent;
  const chooser = defineAgent({
    ...{ id, name, role, ...(description !== undefined && { description }) },
    respond: async (message, options) => {
      const { agent: chosen, by, reason, callId, reply } = await route.call(agent, message, options);
      // Its own fallback knows nothing of what is allowed here.
      const content = JSON.stringify(by === 'model' ? { next: chosen.id, reason } : { reason });
      return { ...reply, content, ...(callId !== undefined && { callId }) };
    },
  });
  choosers.set(agent, chooser);
  return chooser;
}
