import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { calls, scripted } from '../test/support.ts';
import { defineTool, type ModelAgentOptions } from './index.ts';

const never = () => new Promise<never>(() => {});
const tool = (approval: 'allow' | typeof never) =>
  defineTool({ name: 'f', description: '', input: z.object({}), approval, execute: () => 1 });

describe('code of others that never comes to an end', () => {
  it.each<[string, Partial<ModelAgentOptions>]>([
    ['a hook before', { hooks: { before: never } }],
    ['a hook after', { hooks: { after: never } }],
    ['an input guardrail', { guardrails: { input: [never] } }],
    ['an output guardrail', { guardrails: { output: [never] } }],
    ['an approval of the agent', { tools: [tool('allow')], approve: never }],
    ['an approval of a tool', { tools: [tool(never)] }],
  ])('does not hold an answer that is aborted: %s', async (_, options) => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const steps = options.tools === undefined ? ['ok'] : [calls({ name: 'f' })];
    const responding = scripted(steps, options).agent.respond(
      { content: '?' },
      { signal: controller.signal },
    );
    setTimeout(() => controller.abort(reason), 20);
    await expect(responding).rejects.toBe(reason);
  });

  it('does not hold an answer whose time is over', async () => {
    const { agent } = scripted([calls({ name: 'f' })], { tools: [tool(never)], limits: { seconds: 0.05 } });
    expect(await agent.respond({ content: '?' })).toMatchObject({ stopReason: 'max_seconds' });
  });
});
