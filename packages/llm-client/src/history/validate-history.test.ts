import { describe, expect, it } from 'vitest';
import { UnknownProviderError } from '../errors/unknown-provider-error.ts';
import { repairHistory } from './repair-history.ts';
import { validateHistory } from './validate-history.ts';

const user = (content: unknown, more: object = {}) => ({ role: 'user', content, ...more });
const says = (content: unknown, more: object = {}) => ({ role: 'assistant', content, ...more });
const system = (content: string) => ({ role: 'system', content });
const calls = (...ids: string[]) =>
  says(null, {
    tool_calls: ids.map((id) => ({ id, type: 'function', function: { name: 'f', arguments: '{}' } })),
  });
const result = (tool_call_id: string, content = 'done') => ({ role: 'tool', tool_call_id, content });
const rules = (messages: unknown[], dialect: string) =>
  validateHistory(messages, dialect).map(({ rule, index }) => `${index} ${rule}`);
const repaired = (messages: unknown[], dialect: string) => repairHistory(messages, dialect).messages;

describe('what an abort or a crash left behind', () => {
  // https://github.com/openai/openai-agents-js/issues/665, https://github.com/langchain-ai/langchainjs/issues/8570
  it('is a tool call without a result: it gets one that says so', () => {
    const messages = [user('book it'), calls('c1'), user('are you there?')];
    expect(validateHistory(messages, 'openai')).toEqual([
      {
        rule: 'missing_result',
        verdict: 'refused',
        index: 1,
        toolCallId: 'c1',
        message: 'the tool call "c1" has no result: add a tool message that says what came of it',
      },
    ]);
    const { messages: whole, changes } = repairHistory(messages, 'openai');
    expect(whole).toEqual([
      messages[0],
      messages[1],
      { role: 'tool', tool_call_id: 'c1', content: expect.stringMatching(/interrupted.*may or may not/) },
      messages[2],
    ]);
    expect(whole[0]).toBe(messages[0]);
    expect(changes.map(({ rule }) => rule)).toEqual(['missing_result']);
  });

  it('is one of several parallel calls without a result', () => {
    expect(repaired([user('go'), calls('a', 'b', 'c'), result('c'), result('a')], 'openai')).toMatchObject(
      [
        { role: 'user' },
        { role: 'assistant' },
        { tool_call_id: 'a', content: 'done' },
        { tool_call_id: 'b', content: /interrupted/ },
        { tool_call_id: 'c', content: 'done' },
      ].map((message) =>
        message.content instanceof RegExp
          ? { ...message, content: expect.stringMatching(message.content) }
          : message,
      ),
    );
  });

  it('is a result that came after the next message', () => {
    const messages = [user('go'), calls('a'), user('hello?'), result('a', 'late')];
    expect(rules(messages, 'openai')).toEqual(['3 misplaced_result']);
    expect(repaired(messages, 'openai')).toEqual([messages[0], messages[1], messages[3], messages[2]]);
  });

  it('is a call whose arguments broke off', () => {
    const broken = says(null, {
      tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{"city": "Ro' } }],
    });
    expect(rules([user('go'), broken, result('a')], 'openai')).toEqual(['1 broken_arguments']);
    expect(repaired([user('go'), broken, result('a')], 'openai')[1]).toMatchObject({
      tool_calls: [{ function: { name: 'f', arguments: '{}' } }],
    });
  });

  // https://github.com/pydantic/pydantic-ai/issues/3461: a result whose call was trimmed away
  it('is a result without its call', () => {
    const messages = [user('go'), result('gone'), says('fine'), user('next')];
    expect(rules(messages, 'anthropic')).toEqual(['1 orphan_result']);
    expect(repaired(messages, 'anthropic')).toEqual([messages[0], messages[2], messages[3]]);
  });

  it('is a second result of one call: the first one stays', () => {
    const messages = [user('go'), calls('a'), result('a', 'first'), result('a', 'second')];
    expect(rules(messages, 'openai')).toEqual(['3 doubled_result']);
    expect(repaired(messages, 'openai')).toEqual(messages.slice(0, 3));
  });
});

describe('ids', () => {
  it('of another provider are replaced in call and result, the same way every time', () => {
    const messages = [
      user('go'),
      calls('call_0fypS1hVX'),
      result('call_0fypS1hVX'),
      says('ok'),
      user('more'),
    ];
    expect(rules(messages, 'mistral')).toEqual(['1 call_id_form']);
    const [, call, answer] = repaired(messages, 'mistral') as [
      unknown,
      ReturnType<typeof calls> & { tool_calls: { id: string }[] },
      { tool_call_id: string },
    ];
    expect(call.tool_calls[0]?.id).toMatch(/^[a-zA-Z0-9]{9}$/);
    expect(answer.tool_call_id).toBe(call.tool_calls[0]?.id);
    const longer = repaired([...messages, says('yes'), user('and?')], 'mistral');
    expect(longer[1]).toEqual(call);
  });

  it('that come twice are told apart', () => {
    const messages = [user('go'), calls('x', 'x'), result('x', 'one'), result('x', 'two')];
    expect(rules(messages, 'anthropic')).toEqual(['1 doubled_call_id']);
    const whole = repaired(messages, 'anthropic') as { tool_call_id?: string; content: unknown }[];
    expect(whole.map(({ content }) => content)).toEqual(['go', null, 'one', 'two']);
    expect(whole[2]?.tool_call_id).not.toBe(whole[3]?.tool_call_id);
  });
});

describe('roles', () => {
  it('alternate where they have to, and the names are kept in the text', () => {
    const messages = [user('hi', { name: 'ann' }), user('hello', { name: 'bob' }), says('yes'), user('so?')];
    expect(rules(messages, 'perplexity')).toEqual(['1 same_role_twice']);
    expect(rules(messages, 'openai')).toEqual([]);
    expect(repaired(messages, 'perplexity')).toEqual([
      user('ann: hi\n\nbob: hello'),
      messages[2],
      messages[3],
    ]);
  });

  it('have the assistant between a tool and the user, for Mistral', () => {
    const messages = [user('go'), calls('abcdefghi'), result('abcdefghi'), user('stop, do that instead')];
    expect(rules(messages, 'mistral')).toEqual(['3 user_after_tool']);
    expect(repaired(messages, 'mistral')).toMatchObject([
      {},
      {},
      {},
      { role: 'assistant' },
      { role: 'user' },
    ]);
    expect(rules(messages, 'openai')).toEqual([]);
  });

  it('end with the user, or with a prefill that says so', () => {
    expect(rules([user('a'), says('b')], 'mistral')).toEqual(['1 last_role']);
    expect(rules([user('a'), says('b', { prefix: true })], 'mistral')).toEqual([]);
    expect(rules([user('a'), says('b')], 'openai')).toEqual([]);
    expect(repaired([user('a'), says('b')], 'mistral').at(-1)).toEqual(user('Continue.'));
  });

  it('have the system first, or nowhere', () => {
    const messages = [system('be kind'), user('a'), says('b'), system('be brief'), user('c')];
    expect(rules(messages, 'perplexity')).toEqual(['3 system_position']);
    expect(rules(messages, 'anthropic')).toEqual([]);
    expect(repaired(messages, 'perplexity').at(-1)).toEqual(user('be brief\n\nc'));
  });

  it('of a template may have to begin with the user', () => {
    const messages = [{ role: 'developer', content: 'be kind' }, says('hello')];
    expect(rules(messages, 'vllm')).toEqual(['0 developer_role', '1 starts_with_assistant']);
    expect(repaired(messages, 'vllm')).toEqual([system('be kind'), user('Continue.'), says('hello')]);
  });
});

it('empty texts are dropped where they are refused', () => {
  const image = { type: 'image_url', image_url: { url: 'data:,' } };
  const messages = [user('a'), says(''), user([{ type: 'text', text: ' ' }, image])];
  expect(rules(messages, 'anthropic')).toEqual(['1 empty_content', '2 empty_content']);
  expect(repaired(messages, 'anthropic')).toEqual([user('a'), user([image])]);
  expect(rules(messages, 'openai')).toEqual([]);
});

it('a name is dropped where it is refused', () => {
  expect(repaired([user('a', { name: 'ann' })], 'groq')).toEqual([user('a')]);
});

it('whatever is in the list, it does not throw', () => {
  expect(rules([null, 5, 'x', {}, user('a')], 'openai')).toHaveLength(4);
  expect(repaired([null, user('a')], 'openai')).toEqual([user('a')]);
});

it('ten thousand calls with one id are no trouble', () => {
  const messages = Array.from({ length: 10_000 }, () => [calls('same'), result('same')]).flat();
  const before = performance.now();
  expect(repaired(messages, 'anthropic')).toHaveLength(20_000);
  expect(performance.now() - before).toBeLessThan(5_000);
});

it('names the dialects it knows', () => {
  expect(() => validateHistory([], 'acme')).toThrow(UnknownProviderError);
  expect(() => validateHistory([], 'constructor')).toThrow(UnknownProviderError);
});
