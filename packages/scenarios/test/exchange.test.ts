import { once } from 'node:events';
import { type AgentReply, BaseAgent, ChaosAgent, type IncomingMessage, SimpleAgent } from '@pd/agents';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { describe, expect, it } from 'vitest';
import { InvalidScenarioError, runExchange, type ScenarioRun, streamExchange } from '../src/index.ts';
import { record } from './support.ts';

class Counter extends BaseAgent {
  readonly #onReply: (content: string) => void;
  constructor(id: string, onReply: (content: string) => void = () => {}) {
    super({ id });
    this.#onReply = onReply;
  }
  protected override async reply({ content }: IncomingMessage): Promise<AgentReply> {
    this.#onReply(content);
    return { content: `${content}${this.id}` };
  }
}

describe('exchange', () => {
  it('alternates, each answering what the other has said, until the limit', async () => {
    const { events, tree } = await record((logger) =>
      streamExchange({ agents: [new Counter('a'), new Counter('b')], opening: '>', maxTurns: 3, logger }),
    );
    expect(events.map(({ type }) => type)).toEqual([
      'message',
      ...Array.from({ length: 3 }, () => ['turn-start', 'text-delta', 'message', 'turn-end']).flat(),
      'end',
    ]);
    expect(events.at(-1)).toEqual({
      type: 'end',
      outcome: { reason: 'max_turns', turns: 3, messages: 4, content: '>aba', from: 'a' },
    });
    expect(tree.messages.map(({ from, to, content, status }) => [from, to, content, status])).toEqual([
      ['user', 'a', '>', 'handled'],
      ['a', 'b', '>a', 'handled'],
      ['b', 'a', '>ab', 'handled'],
      ['a', 'user', '>aba', 'handled'],
    ]);
    expect(tree.agents.map(({ id, role }) => [id, role])).toEqual([
      ['user', 'person'],
      ['a', 'agent'],
      ['b', 'agent'],
    ]);
  });

  it('puts every call under its agent and every message under its call; server, journal and tree agree', async () => {
    await using server = await startOfflineServer();
    const { tree } = await record((logger) => {
      const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger });
      const agents = [
        new SimpleAgent({ id: 'simple', client }),
        new ChaosAgent({ id: 'chaos', client }),
      ] as const;
      return streamExchange({ agents, opening: 'How does one build a bridge?', maxTurns: 5, logger });
    });
    expect(tree.agents.map(({ id, totals }) => [id, totals.calls])).toEqual([
      ['user', 0],
      ['simple', 3],
      ['chaos', 2],
    ]);
    const calls = new Map(
      tree.agents.flatMap((agent) => agent.calls.map((call) => [call.id, { agent, call }])),
    );
    for (const { from, content, call_id } of tree.messages.slice(1)) {
      const { agent, call } = calls.get(call_id ?? '') ?? {};
      expect(agent?.id).toBe(from);
      expect(call?.post?.message?.content).toBe(content);
      expect(call?.agent_source).toBe('explicit');
    }
    expect(server.totals.requests).toBe(5);
    expect(server.totals.promptTokens).toBe(tree.run.totals.input_tokens);
    expect(server.totals.completionTokens).toBe(tree.run.totals.output_tokens);
  });

  it('throws the reason of an abort; what was not answered is dead-lettered', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const b = new Counter('b', () => controller.abort(reason));
    const { error, tree } = await record((logger) =>
      streamExchange({ agents: [new Counter('a'), b], opening: '>', logger, signal: controller.signal }),
    );
    expect(error).toBe(reason);
    expect(tree.messages.map(({ status }) => status)).toEqual(['handled', 'dead_lettered']);
  });

  it('rejects the message of an agent that fails, and throws what it threw', async () => {
    const broken = new Error('broken');
    const b = new Counter('b', () => {
      throw broken;
    });
    const { error, tree } = await record((logger) =>
      streamExchange({ agents: [new Counter('a'), b], opening: '>', logger }),
    );
    expect(error).toBe(broken);
    expect(tree.messages.map(({ status }) => status)).toEqual(['handled', 'rejected']);
  });

  it('has an answer on record before it tells of its end, so that whoever leaves then loses nothing', async () => {
    const { tree } = await record(async function* (logger): ScenarioRun {
      const exchange = streamExchange({ agents: [new Counter('a'), new Counter('b')], opening: '>', logger });
      for await (const event of exchange) {
        yield event;
        if (event.type === 'turn-end') break;
      }
      return { reason: 'max_turns', turns: 1, messages: 2, content: '>a' };
    });
    expect(tree.messages.map(({ from, content, status }) => [from, content, status])).toEqual([
      ['user', '>', 'handled'],
      ['a', '>a', 'dead_lettered'],
    ]);
  });

  it('goes on when its logger throws', async () => {
    const warning = once(process, 'warning');
    const agents = [new Counter('a'), new Counter('b')] as const;
    const logger = () => {
      throw new Error('broken logger');
    };
    expect(await runExchange({ agents, opening: '>', maxTurns: 2, logger })).toMatchObject({ turns: 2 });
    expect(String((await warning)[0])).toContain('broken logger');
  });

  it('runs for its outcome alone, and without a logger', async () => {
    const agents = [new Counter('a'), new Counter('b')] as const;
    expect(await runExchange({ agents, opening: '>' })).toMatchObject({ reason: 'max_turns', turns: 6 });
  });

  it('refuses two agents with one id and limits that are none', async () => {
    const start = (ids: [string, string], maxTurns?: number) =>
      runExchange({ agents: [new Counter(ids[0]), new Counter(ids[1])], opening: '', maxTurns });
    await expect(start(['a', 'a'])).rejects.toThrow(InvalidScenarioError);
    await expect(start(['user', 'b'])).rejects.toThrow(/two participants have the id "user"/);
    for (const turns of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(start(['a', 'b'], turns)).rejects.toThrow(InvalidScenarioError);
    }
  });
});
