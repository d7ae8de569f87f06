import { badRequest } from '../api-error.ts';
import type { ChatMessage } from '../chat-request.ts';
import { readFacts } from '../facts.ts';
import { isFields } from '../fields.ts';
import { hash } from '../random.ts';
import { generateValue } from '../schema/generate-value.ts';
import { chooseTools } from './choose-tools.ts';
import { neededArguments } from './needed-arguments.ts';
import type { Tool, ToolCall, ToolOffer } from './tool.ts';

const MOST_OF_ONE = 4;

/**
 * The tool calls that the request at hand calls for, with arguments that fit their schemas; none when it is to be
 * answered in words.
 *
 * @throws ApiError 400 for a schema of arguments that cannot be followed
 */
export function callTools(
  messages: readonly ChatMessage[],
  offer: ToolOffer,
  seeds: readonly string[],
): ToolCall[] {
  const tools = chooseTools(messages, offer);
  const turn = `${messages.length}`;
  return tools
    .flatMap((tool) =>
      oncePerName(tool, messages, offer.parallel && tools.length === 1).map((asked) => ({ tool, asked })),
    )
    .map(({ tool, asked }, index) => ({
      id: `call_${hash(...seeds, turn, tool.name, `${index}`, ...messages.map(({ text }) => text)).slice(0, 24)}`,
      name: tool.name,
      arguments: JSON.stringify(argumentsFor(tool, asked, [...seeds, tool.name])),
    }));
}

function argumentsFor(
  { name, parameters }: Tool,
  messages: readonly ChatMessage[],
  seeds: readonly string[],
): unknown {
  const needed = neededArguments(parameters, readFacts(messages).request);
  const made = generateValue(needed, messages, seeds);
  if ('value' in made) return made.value;
  const message = `The offline stand-in cannot follow the schema of the tool ${JSON.stringify(name)}: ${made.problem}.`;
  throw badRequest(message, 'tools', 'unsupported_schema');
}

/** "The weather in Oslo and in Rome" is two calls of a tool that takes one place. */
function oncePerName(
  { parameters }: Tool,
  messages: readonly ChatMessage[],
  parallel: boolean,
): (readonly ChatMessage[])[] {
  const last = messages.findLastIndex(({ role }) => role === 'user');
  const asked = messages[last];
  const { names, quotes } = readFacts(messages.slice(0, last + 1));
  if (!parallel || asked === undefined || names.length < 2 || quotes.length > 0 || !takesOnePlace(parameters))
    return [messages];
  return names.slice(0, MOST_OF_ONE).map((name) => {
    const others = names.filter((other) => other !== name);
    const text = others.reduce((rest, other) => rest.replaceAll(other, ''), asked.text);
    return messages.with(last, { ...asked, text });
  });
}

function takesOnePlace(parameters: unknown): boolean {
  if (!isFields(parameters) || !isFields(parameters.properties)) return false;
  const { properties, required } = parameters;
  const needed = Array.isArray(required) ? required.map(String) : Object.keys(properties);
  const texts = needed.filter((key) => {
    const property = properties[key];
    return isFields(property) && property.type === 'string' && property.enum === undefined;
  });
  return (
    texts.length === 1 && /city|location|place|country|town|region|name|person|company/i.test(texts[0] ?? '')
  );
}
