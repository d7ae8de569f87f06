import { describe, expect, it } from 'vitest';
import { buildAgent, buildCall, buildTree } from '../../fixtures/build-tree.ts';
import { openTree } from '../../fixtures/open-tree.ts';
import { compareRequests } from './compare-requests.ts';
import { requestOf } from './request-of.ts';

const user = (content: string) => ({ role: 'user', content });
const assistant = (content: string) => ({ role: 'assistant', content });
const system = (content: string) => ({ role: 'system', content });
const request = (messages: { role: string; content: string }[], pre: object = {}) => ({
  messages,
  call: buildCall('c', { pre: { provider: 'openai', model: 'm', messages: [], ...pre } }),
});

describe('the difference between two requests', () => {
  it('is what was added to a conversation', () => {
    const before = [system('Be brief.'), user('Hello')];
    const { messages, settings } = compareRequests(
      request(before),
      request([...before, assistant('Hi'), user('More')]),
    );
    expect(messages).toEqual([
      { type: 'same', count: 2 },
      { type: 'added', message: assistant('Hi') },
      { type: 'added', message: user('More') },
    ]);
    expect(settings).toEqual([]);
  });

  it('shows the words of a message that has changed, and what is gone', () => {
    const { messages } = compareRequests(
      request([system('Be brief.'), user('a'), assistant('b'), user('c')]),
      request([system('Be very brief.'), user('c')]),
    );
    expect(messages.map(({ type }) => type)).toEqual(['changed', 'removed', 'removed', 'same']);
    expect(messages[0]).toMatchObject({ role: 'system', words: { addedWords: 1, removedWords: 0 } });
  });

  it('names settings that have changed', () => {
    const { settings } = compareRequests(
      request([], { parameters: { temperature: 0, seed: 1 } }),
      request([], { model: 'n', parameters: { temperature: 1 }, tools: [{ name: 'search' }] }),
    );
    expect(settings.map(({ name }) => name)).toEqual(['model', 'temperature', 'seed', 'tools']);
    expect(settings[1]).toEqual({ name: 'temperature', before: '0', after: '1' });
    expect(settings[2]).toEqual({ name: 'seed', before: '1', after: undefined });
  });
});

it('puts a request together from the calls that it goes back to', async () => {
  const pre = (messages: object[], history?: object) =>
    ({ provider: 'p', model: 'm', messages, ...(history && { history }) }) as never;
  const run = await openTree(
    buildTree({
      agents: [
        buildAgent('a', [
          buildCall('c1', { pre: pre([system('s'), user('1'), user('forgotten')]) }),
          buildCall('c2', { pre: pre([assistant('2')], { call_id: 'c1', take: 2 }) }),
          buildCall('c3', { pre: pre([user('3')], { call_id: 'c2', take: 3 }) }),
          buildCall('circle', { pre: pre([user('x')], { call_id: 'circle', take: 1 }) }),
        ]),
      ],
    }),
  );
  const contents = async (id: string) =>
    (await requestOf(run, run.callPlaces.get(id) ?? -1)).map(({ content }) => content);
  expect(await contents('c3')).toEqual(['s', '1', '2', '3']);
  expect(await contents('circle')).toEqual(['x']);
});
