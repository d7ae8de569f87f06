import { InvalidToolError } from '../errors/invalid-tool-error.ts';
import type { AgentTool } from './tool.ts';

/** @throws {InvalidToolError} for tools that were not made by `defineTool()`, for two of one name, or none at once */
export function checkTools(tools: readonly AgentTool[], concurrency: number): readonly AgentTool[] {
  if (!(concurrency >= 1 && (Number.isInteger(concurrency) || concurrency === Infinity)))
    throw new InvalidToolError(
      `toolSettings.concurrency must be a whole number from 1, got ${String(concurrency)}`,
    );
  const names = new Set<string>();
  for (const tool of tools) {
    const name = tool?.function?.name;
    if (typeof tool?.execute !== 'function')
      throw new InvalidToolError(
        `the tool ${String(name)} cannot be run: make it with defineTool() of @pd/agents, and do not copy it`,
      );
    if (names.has(name))
      throw new InvalidToolError(`there are two tools called ${name}; a model could not tell them apart`);
    names.add(name);
  }
  return [...tools];
}
