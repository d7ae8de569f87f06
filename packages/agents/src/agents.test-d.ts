import type { LLMClient } from '@pd/llm-client';
import { describe, expectTypeOf, it } from 'vitest';
import { type Agent, type AgentReply, BaseAgent, ChaosAgent, SimpleAgent } from './index.ts';

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
});
