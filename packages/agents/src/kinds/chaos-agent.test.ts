import { describe, expect, it } from 'vitest';
import { script } from '../../test/support.ts';
import { CHAOS_PROMPT, ChaosAgent, InvalidAgentError, type Persona, personas } from '../index.ts';

describe('ChaosAgent', () => {
  it('is as hot and strange as it is told', async () => {
    const { client } = script(['a', 'b', 'c', 'd']);
    const message = { content: 'A bridge?' };
    await new ChaosAgent({ id: 'x', client, chaos: 0 }).respond(message);
    await new ChaosAgent({ id: 'x', client, chaos: 1, persona: 'poet', seed: 1 }).respond(message);
    await new ChaosAgent({ id: 'y', client, chaos: 1, persona: 'poet', seed: 1 }).respond(message);
    await new ChaosAgent({ id: 'x', client, chaos: 1, seed: 2, parameters: { temperature: 0.7 } }).respond(
      message,
    );
    const [calm, wild, same, other] = client.calls;
    const systemOf = (call: typeof calm) => String(call?.messages[0]?.content);
    expect([calm, wild, other].map((call) => call?.body.temperature)).toEqual([0.4, 1.4, 0.7]);
    expect(systemOf(calm)).toMatch(/^You are the creative[\s\S]*one surprising turn is enough\. [^.]+\.$/);
    expect(systemOf(wild).startsWith(personas.poet)).toBe(true);
    expect(systemOf(wild)).toMatch(/Hold back nothing/);
    expect(systemOf(same)).toBe(systemOf(wild));
    expect(systemOf(other)).not.toBe(systemOf(wild).replace(personas.poet, CHAOS_PROMPT));
  });

  it.each([{ chaos: 1.1 }, { chaos: Number.NaN }, { chaos: '1' }, { persona: 'toString' as Persona }])(
    'refuses %j',
    (options) => {
      expect(() => new ChaosAgent({ id: 'x', client: script([]).client, ...(options as object) })).toThrow(
        InvalidAgentError,
      );
    },
  );
});
