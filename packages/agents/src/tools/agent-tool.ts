import { AsyncLocalStorage } from 'node:async_hooks';
import type { Agent } from '../agent.ts';
import { askAgent } from '../ask-agent.ts';
import { defineTool } from './define-tool.ts';
import type { AgentTool, ToolSettings } from './tool.ts';

/** `timeoutMs` is 600,000 by default. */
export interface AgentToolOptions extends ToolSettings {
  /** Default: `ask_` and the agent's id, as far as a tool's name can have it. */
  name?: string;
  /** What the agent is to be asked for, for the model to read. Default: its description, else its role. */
  description?: string;
}

const DEFAULT_TIMEOUT_MS = 600_000;

/** How deep agents may ask agents: two that ask each other would never come to an end. */
const DEEPEST = 5;

/** Who asks whom at the moment, from the outermost agent on. */
const askers = new AsyncLocalStorage<readonly string[]>();

/**
 * An agent as a tool of another one. Its calls are children of the call that asked for it, and what it spends counts against
 * the limits of the agent that uses it. When it does not come to an answer, the model is told why.
 *
 * Agents may ask agents five deep; beyond that the model is told to answer by itself.
 * An approval inside it cannot be waited for here: give approvals to the tools of the agent that is asked by people.
 */
export function agentTool(agent: Agent, options: AgentToolOptions = {}): AgentTool<string, unknown> {
  const {
    name = `ask_${agent.id}`.replace(/[^\w-]/g, '_').slice(0, 64),
    description = `Asks ${agent.name}: ${agent.description ?? agent.role}`,
    // As long as a call of the client may take; an agent makes several.
    timeoutMs = DEFAULT_TIMEOUT_MS,
    ...settings
  } = options;
  return defineTool({
    name,
    description,
    timeoutMs,
    ...settings,
    onResume: 'again',
    inputSchema: {
      type: 'object',
      properties: { message: { type: 'string', description: 'What it is asked, complete in itself.' } },
      required: ['message'],
      additionalProperties: false,
    },
    execute: async (input, { agent: asking, callId, idempotencyKey, record, signal, spend }) => {
      const { message } = Object(input) as { message?: unknown };
      if (typeof message !== 'string') throw new TypeError('message has to be a text');
      const path = [...(askers.getStore() ?? []), asking.id];
      if (path.length > DEEPEST)
        throw new Error(
          `agents ask agents too deeply: ${[...path, agent.id].join(' → ')}; answer without asking`,
        );
      const about = { from: asking.id, callId, record, signal, messageId: idempotencyKey };
      const reply = await askers.run(path, () => askAgent(agent, { content: message }, about));
      spend(reply);
      const { stopReason = 'done', content } = reply;
      if (stopReason === 'done' || stopReason === 'ended_by_tool') return content;
      throw new Error(
        `${agent.name} came to no answer (${stopReason})${content === '' ? '' : `; so far: ${content}`}`,
      );
    },
  });
}
