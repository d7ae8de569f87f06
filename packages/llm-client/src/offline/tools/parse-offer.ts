import { badRequest } from '../api-error.ts';
import { isBoolean, optional, wrongType } from '../checks.ts';
import { type Fields, isFields } from '../fields.ts';
import { type Tool, type ToolOffer, toTool } from './tool.ts';

/** What a request of either API says about tools. Throws a 400 that names the parameter at fault. */
export function parseOffer(body: Fields): ToolOffer {
  const given = optional(body, 'tools', 'an array of tools', Array.isArray) ?? [];
  const tools = given.map(toTool).filter((tool) => tool !== undefined);
  return {
    tools,
    choice: parseChoice(body.tool_choice, tools),
    parallel: optional(body, 'parallel_tool_calls', 'a boolean', isBoolean) ?? true,
  };
}

function parseChoice(choice: unknown, tools: readonly Tool[]): ToolOffer['choice'] {
  if (choice === undefined || choice === null) return 'auto';
  if (choice === 'none' || choice === 'auto' || choice === 'required') {
    if (choice === 'required' && tools.length === 0)
      throw badRequest("'tool_choice' is 'required', but there are no function tools.", 'tool_choice');
    return choice;
  }
  if (!isFields(choice)) throw wrongType('tool_choice', "'none', 'auto', 'required' or an object", choice);
  if (choice.type !== 'function') return 'auto';
  const name = isFields(choice.function) ? choice.function.name : choice.name;
  if (typeof name !== 'string') throw wrongType('tool_choice.function.name', 'a string', name);
  if (!tools.some((tool) => tool.name === name))
    throw badRequest(
      `'tool_choice' names ${JSON.stringify(name)}, which is not among the tools.`,
      'tool_choice',
    );
  return { name };
}
