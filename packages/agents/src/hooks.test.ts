import { describe, expect, it } from 'vitest';
import { scripted } from '../test/support.ts';
import {
  type AgentReply,
  defineAgent,
  HookError,
  type IncomingMessage,
  InvalidMessageError,
  SimpleAgent,
} from './index.ts';

class Polite extends SimpleAgent {
  protected override before(message: IncomingMessage): IncomingMessage {
    return { ...message, content: `${message.content} Please.` };
  }
  protected override after(reply: AgentReply): AgentReply {
    return { ...reply, content: `${reply.content} Thank you.` };
  }
}

describe('hooks', () => {
  it('change what is asked and answered, those of the class outside of those of the agent', async () => {
    const { client } = scripted(['yes', 'yes']);
    const agent = new Polite({
      id: 'a',
      client,
      hooks: {
        before: ({ content }) => ({ content: `[${content}]` }),
        after: (reply, { message }) => ({ ...reply, content: `${reply.content} to ${message.content}` }),
      },
    });
    expect((await agent.respond({ content: 'Go.' })).content).toBe('yes to [Go. Please.] Thank you.');
    expect(client.calls[0]?.messages).toEqual([{ role: 'user', content: '[Go. Please.]' }]);
    expect((await agent.stream({ content: 'Go.' }).result()).content).toMatch(/Thank you\.$/);
  });

  it('may only look', async () => {
    const seen: unknown[] = [];
    const { agent } = scripted(['yes'], {
      hooks: {
        before: (message, { agent: { id } }) => void seen.push(id, message.content),
        after: async ({ content }) => void seen.push(content),
      },
    });
    await agent.respond({ content: 'Go.' });
    expect(seen).toEqual(['a', 'Go.', 'yes']);
  });

  it.each(['before', 'after'] as const)('that fail are told: %s', async (phase) => {
    const cause = new Error('broken');
    const { agent } = scripted(['yes'], { hooks: { [phase]: () => Promise.reject(cause) } });
    const responding = agent.respond({ content: 'Go.' });
    await expect(responding).rejects.toThrow(HookError);
    await expect(responding).rejects.toMatchObject({ code: 'hook_failed', phase, agentId: 'a', cause });
  });
});

describe('an abort that comes when the reply is there', () => {
  it('loses nothing', async () => {
    const controller = new AbortController();
    const agent = defineAgent({
      id: 'a',
      respond: () => {
        controller.abort(new Error('too late'));
        return 'done';
      },
      hooks: { after: ({ content }) => ({ content: `${content}!` }) },
    });
    expect(await agent.respond({ content: '' }, { signal: controller.signal })).toEqual({ content: 'done!' });
  });
});

describe('messages', () => {
  it.each([[undefined], ['text'], [{}], [{ content: 7 }], [{ content: '', attachments: 'x' }]])(
    'that are none are refused: %j',
    async (message) => {
      const { agent } = scripted([]);
      await expect(agent.respond(message as never)).rejects.toThrow(InvalidMessageError);
      await expect(agent.stream(message as never).result()).rejects.toThrow(InvalidMessageError);
    },
  );
});
