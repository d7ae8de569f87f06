import type { JsonObject } from '@pd/call-log/schema';
import { defineTool } from '../tools/define-tool.ts';
import type { AgentTool } from '../tools/tool.ts';
import type { MCPOptions } from './mcp-options.ts';
import { toResult } from './to-result.ts';

/** A tool as a server lists it. */
interface ListedTool {
  name: string;
  title?: string | undefined;
  description?: string | undefined;
  inputSchema: object;
}

/** Asks a server to run one of its tools. */
export type CallTool = (
  name: string,
  input: Record<string, unknown>,
  signal: AbortSignal,
) => Promise<Parameters<typeof toResult>[0]>;

/** A server's tools as tools of agents: the schemas as they are, the names as providers take them. */
export function toTools(
  listed: readonly ListedTool[],
  options: MCPOptions,
  call: CallTool,
): AgentTool<string, unknown>[] {
  const { include = () => true, approval = 'allow', prefix } = options;
  const { timeoutMs, retries, maxResultCharacters } = options;
  const taken = new Set<string>();
  return listed
    .filter(({ name }) => include(name))
    .map(({ name, title, description, inputSchema }) =>
      defineTool({
        name: freeName(prefix === undefined ? name : `${prefix}_${name}`, taken),
        description: description ?? title ?? name,
        inputSchema: inputSchema as JsonObject,
        approval,
        ...(timeoutMs !== undefined && { timeoutMs }),
        ...(retries !== undefined && { retries }),
        ...(maxResultCharacters !== undefined && { maxResultCharacters }),
        execute: async (input, { signal }) => {
          if (typeof input !== 'object' || input === null || Array.isArray(input))
            throw new TypeError('the arguments have to be an object');
          return toResult(await call(name, { ...input }, signal));
        },
      }),
    );
}

/** Providers take 64 letters, digits, `_` and `-`; servers may have dots, slashes and more. */
function freeName(name: string, taken: Set<string>): string {
  const plain = name.replace(/[^\w-]/g, '_').slice(0, 64) || '_';
  let free = plain;
  for (let number = 2; taken.has(free); number++)
    free = `${plain.slice(0, 63 - String(number).length)}_${number}`;
  taken.add(free);
  return free;
}
