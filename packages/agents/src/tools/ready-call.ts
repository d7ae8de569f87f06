import { type ChatResult, parseToolCalls } from '@pd/llm-client';
import type { AgentTool } from './tool.ts';

/** A tool call that the model has made, and what is to become of it. */
export type ReadyCall = {
  id: string;
  name: string;
  /** As the model wrote them, parsed; the text where it is not JSON. */
  arguments: unknown;
  /** Among the tool calls of the reply, from 0. */
  position: number;
} & (
  | { type: 'run'; tool: AgentTool; input: unknown }
  | { type: 'denied'; reason: string }
  /** There is no such tool, or it does not take these arguments. */
  | { type: 'bad'; error: string }
);

/** How many things that are wrong with the arguments the model is told at once. */
const MOST_ISSUES = 20;

/** Finds the tools that a reply calls and validates what they are called with. */
export function readyCalls(
  { toolCalls }: Pick<ChatResult, 'toolCalls'>,
  tools: readonly AgentTool[],
): Promise<ReadyCall[]> {
  return Promise.all(
    toolCalls.map(async (call, position): Promise<ReadyCall> => {
      const basics = { id: call.id, name: call.name, arguments: call.json ?? call.arguments, position };
      try {
        const [parsed] = await parseToolCalls({ toolCalls: [call] }, tools);
        if (parsed?.ok)
          return { ...basics, type: 'run', tool: parsed.tool as AgentTool, input: parsed.input };
        const issues = parsed?.issues.slice(0, MOST_ISSUES) ?? [];
        const told = issues.map(({ path, message }) =>
          path.length > 0 ? `${path.join('.')}: ${message}` : message,
        );
        return { ...basics, type: 'bad', error: told.join('; ') };
      } catch (error) {
        // A refinement or a transform of the schema has thrown.
        return { ...basics, type: 'bad', error: `the arguments cannot be read: ${String(error)}` };
      }
    }),
  );
}
