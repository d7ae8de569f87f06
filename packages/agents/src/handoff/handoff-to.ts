import type { Agent } from '../agent.ts';
import { InvalidToolError } from '../errors/invalid-tool-error.ts';
import { defineTool } from '../tools/define-tool.ts';
import type { AgentTool } from '../tools/tool.ts';
import { Handoff, type HandoffHistory } from './handoff.ts';

export interface HandoffOptions {
  /** Default: `hand_over_to_` and the agent's id, as far as a tool's name can have it. */
  name?: string;
  /** When to hand over, for the model to read. Default: the agent's description, else its role. */
  description?: string;
  /**
   * What the agent is shown of the conversation before the message: `all` of it, `none`, the `last` chat messages, or what a function
   * makes of it. System messages and calls of tools are left out in any case. Default: `all`.
   */
  history?: HandoffHistory;
}

/**
 * A tool by which the model hands the conversation over to another agent, with a note. That agent answers the message
 * instead; `answeredBy` of the reply says so. What it is to do next time is up to whoever asks: the first agent can be asked again, or
 * the one that answered.
 *
 * @throws {InvalidToolError} for options that make no sense
 */
export function handoffTo(agent: Agent, options: HandoffOptions = {}): AgentTool<string, unknown> {
  if (typeof agent?.respond !== 'function') throw new InvalidToolError('handoffTo() needs an agent');
  const {
    name = `hand_over_to_${agent.id}`.replace(/[^\w-]/g, '_').slice(0, 64),
    description = `Hands the conversation over to ${agent.name}: ${agent.description ?? agent.role}`,
    history = 'all',
  } = options;
  if (!isHistory(history))
    throw new InvalidToolError(
      `the tool ${name}: history has to be 'all', 'none', { last: a whole number from 1 on } or a function`,
    );
  return defineTool({
    name,
    description,
    endsTurn: true,
    onResume: 'again',
    inputSchema: {
      type: 'object',
      properties: { note: { type: 'string', description: 'Why, and what it has to know.' } },
      required: ['note'],
      additionalProperties: false,
    },
    execute: (input) => {
      const { note } = Object(input) as { note?: unknown };
      if (typeof note !== 'string') throw new TypeError('note has to be a text');
      return new Handoff(agent, note, history);
    },
  });
}

function isHistory(history: unknown): boolean {
  if (history === 'all' || history === 'none' || typeof history === 'function') return true;
  const { last } = Object(history) as { last?: unknown };
  return Number.isSafeInteger(last) && (last as number) > 0;
}
