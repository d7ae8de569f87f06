import type { LLMClient } from '@pd/llm-client';
import { describe, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import {
  type Agent,
  type AgentPart,
  type AgentReply,
  type AgentTool,
  BaseAgent,
  ChaosAgent,
  CriticAgent,
  defineAgent,
  defineTool,
  type PlannerAgent,
  type PlanResult,
  RouterAgent,
  SimpleAgent,
  type ToolContext,
} from './index.ts';

declare const client: LLMClient;

describe('types', () => {
  it('makes every agent an Agent', () => {
    expectTypeOf<SimpleAgent>().toExtend<Agent>();
    expectTypeOf<ChaosAgent>().toExtend<Agent>();
    expectTypeOf<SimpleAgent['respond']>().returns.resolves.toEqualTypeOf<AgentReply>();
  });

  it('wants an id and a client, and no instance of the base', () => {
    // @ts-expect-error no client
    void (() => new SimpleAgent({ id: 'x' }));
    // @ts-expect-error no id
    void (() => new ChaosAgent({ client }));
    // @ts-expect-error abstract
    void (() => new BaseAgent({ id: 'x' }));
  });

  it('types tools by their schemas', () => {
    const tool = defineTool({
      name: 'typed',
      description: '',
      input: z.object({ n: z.string().transform(Number) }),
      output: z.object({ at: z.date() }),
      approval: ({ n }) => (n > 1 ? 'ask' : 'allow'),
      execute: (input, context) => {
        expectTypeOf(input).toEqualTypeOf<{ n: number }>();
        expectTypeOf(context).toEqualTypeOf<ToolContext>();
        return { at: new Date(input.n) };
      },
    });
    expectTypeOf(tool.function.name).toEqualTypeOf<'typed'>();
    expectTypeOf(tool).toExtend<AgentTool>();
    const input = z.object({});
    // @ts-expect-error the result has to be what the output takes
    defineTool({
      name: 'x',
      description: '',
      input,
      output: z.object({ n: z.number() }),
      execute: () => ({ n: '' }),
    });
    // @ts-expect-error no such decision
    defineTool({ name: 'x', description: '', input, approval: 'perhaps', execute: () => 1 });
  });

  it('types objects by their schema, and plans and streams by what they are', async () => {
    const agent = new SimpleAgent({ id: 'a', client });
    const made = await agent.generateObject({ content: '' }, { schema: z.object({ n: z.number() }) });
    if (made.ok) expectTypeOf(made.object).toEqualTypeOf<{ n: number }>();
    // @ts-expect-error there is no object where it is not ok
    else void made.object;
    expectTypeOf<PlannerAgent['plan']>().returns.resolves.toEqualTypeOf<PlanResult>();
    expectTypeOf(agent.stream({ content: '' }).parts()).toEqualTypeOf<AsyncIterable<AgentPart>>();
    expectTypeOf(defineAgent({ id: 'd', respond: () => '' })).toEqualTypeOf<Agent>();
    // @ts-expect-error no criteria
    void (() => new CriticAgent({ id: 'c', client }));
    // @ts-expect-error no agents
    void (() => new RouterAgent({ id: 'r', client }));
  });
});
