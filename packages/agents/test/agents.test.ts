import type { LogEvent } from '@pd/call-log/schema';
import { createLLMClient } from '@pd/llm-client';
import { type OfflineServer, startOfflineServer } from '@pd/llm-client/offline';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type AgentReply,
  BaseAgent,
  CHAOS_PROMPT,
  ChaosAgent,
  type IncomingMessage,
  InvalidAgentError,
  SimpleAgent,
} from '../src/index.ts';

let server: OfflineServer;
let events: LogEvent[];
beforeAll(async () => {
  server = await startOfflineServer();
});
afterAll(() => server.close());
beforeEach(() => {
  events = [];
});

const newClient = () =>
  createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger: (event) => events.push(event) });

const starts = () => events.filter((event) => event.type === 'call.start');

async function textOf(stream: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of stream) text += piece;
  return text;
}

describe('SimpleAgent', () => {
  it('asks with its prompt and what was said before, under its id', async () => {
    const agent = new SimpleAgent({
      id: 'simple',
      name: 'Simple',
      client: newClient(),
      systemPrompt: 'Be brief.',
    });
    const first = await agent.respond({ content: 'What is a bridge?' });
    const stream = agent.stream({ content: 'And a tunnel?' });
    const second = await textOf(stream);
    expect(await stream.result()).toMatchObject({ content: second });
    await agent.respond({ content: 'Which one first?' });
    expect(starts().map(({ messages }) => messages)).toEqual([
      [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'What is a bridge?' },
      ],
      [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'What is a bridge?' },
        { role: 'assistant', content: first.content },
        { role: 'user', content: 'And a tunnel?' },
      ],
      [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'What is a bridge?' },
        { role: 'assistant', content: first.content },
        { role: 'user', content: 'And a tunnel?' },
        { role: 'assistant', content: second },
        { role: 'user', content: 'Which one first?' },
      ],
    ]);
    for (const start of starts()) {
      expect(start).toMatchObject({
        agent: { id: 'simple', name: 'Simple', role: 'assistant' },
        agent_source: 'explicit',
        metadata: { agent_id: 'simple', agent_name: 'Simple', agent_role: 'assistant' },
      });
    }
    expect(first).toMatchObject({ callId: starts()[0]?.call_id, usage: { source: 'provider' } });
  });

  it('remembers a stream once, however it was taken', async () => {
    const agent = new SimpleAgent({ id: 's', client: newClient() });
    const stream = agent.stream({ content: 'one' });
    await Promise.all([textOf(stream), stream.result(), stream.result()]);
    await agent.stream({ content: 'two' }).result();
    await agent.respond({ content: 'three' });
    expect(starts().map(({ messages }) => messages.length)).toEqual([1, 3, 5]);
  });

  it('keeps nothing of an exchange that failed or was aborted', async () => {
    const agent = new SimpleAgent({ id: 's', client: newClient(), model: 'stand-in-1' });
    const reason = new Error('stop');
    await expect(agent.respond({ content: 'a' }, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    await expect(agent.stream({ content: 'b' }, { signal: AbortSignal.abort(reason) }).result()).rejects.toBe(
      reason,
    );
    await agent.respond({ content: 'c' });
    expect(starts().at(-1)?.messages).toEqual([{ role: 'user', content: 'c' }]);
  });
});

describe('ChaosAgent', () => {
  it('sends its system prompt and the one message on each call', async () => {
    const agent = new ChaosAgent({ id: 'chaos', client: newClient(), parameters: { temperature: 1.3 } });
    await agent.respond({ content: 'What is a bridge?' });
    await agent.stream({ content: 'And a tunnel?' }).result();
    expect(starts()).toMatchObject([
      {
        messages: [
          { role: 'system', content: CHAOS_PROMPT },
          { role: 'user', content: 'What is a bridge?' },
        ],
        parameters: { temperature: 1.3 },
        agent: { id: 'chaos', role: 'provocateur' },
      },
      { messages: [{ role: 'system' }, { role: 'user', content: 'And a tunnel?' }] },
    ]);
  });

  it('gets another kind of answer than a SimpleAgent', async () => {
    const client = newClient();
    const question = { content: 'How could a city become quieter?' };
    const [chaos, simple] = await Promise.all([
      new ChaosAgent({ id: 'chaos', client }).respond(question),
      new SimpleAgent({ id: 'simple', client }).respond(question),
    ]);
    expect(chaos.content).not.toBe(simple.content);
  });
});

describe('BaseAgent', () => {
  it('makes an agent of one method, whose calls belong to it', async () => {
    const client = newClient();
    class Echo extends BaseAgent {
      protected override async reply({ content }: IncomingMessage): Promise<AgentReply> {
        // No agent named: the surrounding one is found by the log, as the events are given to it here.
        await client.chat({ messages: [{ role: 'user', content }] });
        return { content: content.toUpperCase() };
      }
    }
    const { currentContext } = await import('@pd/call-log/context');
    const seen: unknown[] = [];
    class Watched extends Echo {
      protected override reply(message: IncomingMessage): Promise<AgentReply> {
        seen.push(currentContext().agent);
        return super.reply(message);
      }
    }
    const agent = new Watched({ id: 'echo', name: 'Echo' }, 'parrot');
    expect(await agent.respond({ content: 'hi' })).toEqual({ content: 'HI' });
    expect(await textOf(agent.stream({ content: 'ho' }))).toBe('HO');
    expect(seen).toEqual([
      { id: 'echo', name: 'Echo', role: 'parrot' },
      { id: 'echo', name: 'Echo', role: 'parrot' },
    ]);
  });

  it('passes an error to whoever asks for the answer, and to nobody else', async () => {
    class Broken extends BaseAgent {
      protected override reply(): Promise<AgentReply> {
        return Promise.reject(new Error('broken'));
      }
    }
    const agent = new Broken({ id: 'broken' });
    await expect(agent.respond({ content: '' })).rejects.toThrow('broken');
    await expect(textOf(agent.stream({ content: '' }))).rejects.toThrow('broken');
    agent.stream({ content: '' });
    await new Promise(setImmediate);
  });

  it.each([[undefined], [''], ['  '], [7]])('refuses the id %j', (id) => {
    expect(() => new SimpleAgent({ id: id as string, client: newClient() })).toThrow(InvalidAgentError);
  });
});
