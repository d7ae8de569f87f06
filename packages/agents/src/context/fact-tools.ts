import { defineTool } from '../tools/define-tool.ts';
import type { AgentTool } from '../tools/tool.ts';
import type { FactRecall } from './fact-recall.ts';

/**
 * Two tools by which a model keeps facts and looks for them: `remember_fact` and `recall_facts`. What it keeps it will read
 * again in later conversations: where others may write to it, give `remember_fact` an approval.
 */
export function factTools(facts: FactRecall): [AgentTool<string, unknown>, AgentTool<string, unknown>] {
  return [
    defineTool({
      name: 'remember_fact',
      description: 'Keeps one fact for later conversations, such as a preference or a decision.',
      inputSchema: text('fact', 'The fact, in one sentence that is clear without the conversation.'),
      execute: async (input, { signal }) => {
        await facts.remember(textOf(input, 'fact'), { signal });
        return 'kept';
      },
    }),
    defineTool({
      name: 'recall_facts',
      description: 'Looks for facts that were kept in earlier conversations.',
      inputSchema: text('about', 'What they should be about.'),
      execute: async (input, { signal }) =>
        (await facts.find(textOf(input, 'about'), { signal })).map((fact) => fact.text),
    }),
  ];
}

function text(name: string, description: string) {
  return {
    type: 'object',
    properties: { [name]: { type: 'string', description } },
    required: [name],
    additionalProperties: false,
  };
}

function textOf(input: unknown, name: string): string {
  const value = (Object(input) as Record<string, unknown>)[name];
  if (typeof value !== 'string' || value.trim() === '') throw new TypeError(`${name} has to be a text`);
  return value;
}
