import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A way to ask a model. What it needs is loaded when it is made, so that no way pays for another. */
export interface Way {
  /** One chat completion; resolves with its text. */
  chat(prompt: string): Promise<string>;
  /** The same as a stream of its text. */
  stream?(prompt: string): AsyncIterable<string>;
  close?(): Promise<void>;
}

const said = (prompt: string) => [{ role: 'user' as const, content: prompt }];
const apiKey = 'sk-bench';

export const BARE_SDK = 'openai SDK';
export const SDK_WITH_OUR_FETCH = 'openai SDK, our fetch';
export const OURS = '@pd/llm-client, journal';

export const ways: Record<string, (baseURL: string) => Promise<Way>> = {
  'undici.request (floor)': async (baseURL) => {
    const { request } = await import('undici');
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` };
    return {
      async chat(prompt) {
        const body = JSON.stringify({ model: 'm', messages: said(prompt) });
        const reply = await request(`${baseURL}/chat/completions`, { method: 'POST', headers, body });
        const { choices } = (await reply.body.json()) as { choices: { message: { content: string } }[] };
        return choices[0]?.message.content ?? '';
      },
    };
  },
  [BARE_SDK]: (baseURL) => sdk(baseURL),
  [SDK_WITH_OUR_FETCH]: async (baseURL) => {
    // Not part of the package's interface: the file itself.
    const { createFetch } = await import('../../packages/llm-client/src/transport/create-fetch.ts');
    return sdk(baseURL, createFetch());
  },
  '@pd/llm-client, no log': (baseURL) => ours(baseURL),
  [OURS]: (baseURL) => ours(baseURL, false),
  '@pd/llm-client, journal and tree': (baseURL) => ours(baseURL, 'worker'),
  'Langfuse around the SDK': async (baseURL) => {
    const [{ observeOpenAI }, { default: OpenAI }] = await Promise.all([
      import('@langfuse/openai'),
      import('openai'),
    ]);
    return fromSdk(observeOpenAI(new OpenAI({ apiKey, baseURL, maxRetries: 0 })) as never);
  },
  'AI SDK': async (baseURL) => {
    const [{ generateText, streamText }, { createOpenAICompatible }] = await Promise.all([
      import('ai'),
      import('@ai-sdk/openai-compatible'),
    ]);
    const model = createOpenAICompatible({ name: 'bench', apiKey, baseURL }).chatModel('m');
    return {
      chat: async (prompt) => (await generateText({ model, prompt, maxRetries: 0 })).text,
      stream: (prompt) => streamText({ model, prompt, maxRetries: 0 }).textStream,
    };
  },
  '@openai/agents': async (baseURL) => {
    const [agents, { default: OpenAI }] = await Promise.all([import('@openai/agents'), import('openai')]);
    agents.setTracingDisabled(true);
    const client = new OpenAI({ apiKey, baseURL, maxRetries: 0 });
    const model = new agents.OpenAIChatCompletionsModel(client as never, 'm');
    const agent = new agents.Agent({ name: 'bench', model });
    return { chat: async (prompt) => String((await agents.run(agent, prompt)).finalOutput) };
  },
};

async function sdk(baseURL: string, fetch?: typeof globalThis.fetch): Promise<Way> {
  const { default: OpenAI } = await import('openai');
  return fromSdk(new OpenAI({ apiKey, baseURL, maxRetries: 0, ...(fetch !== undefined && { fetch }) }));
}

function fromSdk(client: InstanceType<typeof import('openai').default>): Way {
  return {
    async chat(prompt) {
      const reply = await client.chat.completions.create({ model: 'm', messages: said(prompt) });
      return reply.choices[0]?.message.content ?? '';
    },
    async *stream(prompt) {
      const options = { include_usage: true };
      const body = { model: 'm', messages: said(prompt), stream: true as const, stream_options: options };
      for await (const chunk of await client.chat.completions.create(body)) {
        const text = chunk.choices[0]?.delta.content;
        if (text) yield text;
      }
    },
  };
}

/** @param tree as in `createCallLog`; absent for no log at all */
async function ours(baseURL: string, tree?: 'worker' | false): Promise<Way> {
  const [{ createLLMClient }, { createCallLog }] = await Promise.all([
    import('@pd/llm-client'),
    import('@pd/call-log'),
  ]);
  const dir = mkdtempSync(join(tmpdir(), 'pd-bench-'));
  const log = tree === undefined ? undefined : createCallLog({ dir, tree });
  const client = createLLMClient({ model: 'm', baseURL, apiKey, logger: log?.logger });
  return {
    chat: async (prompt) => (await client.chat({ messages: said(prompt) })).text,
    async *stream(prompt) {
      for await (const part of client.stream({ messages: said(prompt) }))
        if (part.type === 'text-delta') yield part.text;
    },
    async close() {
      await log?.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
