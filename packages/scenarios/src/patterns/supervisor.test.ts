import { SimpleAgent, SupervisorAgent } from '@pd/agents';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { createScriptedClient } from '@pd/llm-client/testing';
import { describe, expect, it } from 'vitest';
import { failing, faultsOf, play, rows, saying, scripted, silent } from '../../test/patterns-support.ts';
import { record } from '../../test/support.ts';
import { InvalidScenarioError, pipeline, streamPattern, supervisor } from '../index.ts';

const task = (worker: string, what = `do ${worker}`) => ({ worker, task: what });
const done = { tasks: [], answer: 'all done' };

describe('supervisor', () => {
  it('gives tasks, sees each result as a message of the worker, and answers', async () => {
    const boss = scripted('boss', { tasks: [task('a'), task('b')], answer: '' }, done);
    const workers = [scripted('a', 'A'), scripted('b', 'B')];
    const { outcome, ...recorded } = await play(supervisor({ supervisor: boss, workers }));
    expect(outcome).toMatchObject({ reason: 'done', content: 'all done', from: 'boss', turns: 4 });
    expect(
      rows(recorded).map(([from, to, content, status]) => [from, to, content?.slice(0, 8), status]),
    ).toEqual([
      ['user', 'boss', 'the task', 'handled'],
      ['boss', 'a', 'do a', 'handled'],
      ['boss', 'b', 'do b', 'handled'],
      ['a', 'boss', 'A', 'handled'],
      ['b', 'boss', 'B', 'handled'],
      ['boss', 'user', 'all done', 'handled'],
    ]);
  });

  it('shows the supervisor the whole conversation, and tells it of workers that fail or say nothing', async () => {
    const seen: unknown[] = [];
    const client = createScriptedClient([
      { reply: { json: { tasks: [task('a'), task('b'), task('c'), task('d')], answer: '' } } },
      { reply: { json: done } },
    ]);
    const workers = [failing('a'), scripted('b', ''), silent('c'), pipeline([scripted('d', 'D')])];
    Object.assign(workers[3] as object, { name: 'd' });
    const boss = new SupervisorAgent({
      id: 'boss',
      client,
      workers: workers.map(({ name }) => ({ id: name, role: 'worker', description: undefined })),
    });
    const { outcome, tree, error } = await play(supervisor({ supervisor: boss, workers }), {
      deadlineMs: 1_000,
    });
    seen.push(...(client.calls[1]?.messages ?? []));
    expect(error).toBeUndefined();
    expect(outcome).toMatchObject({ reason: 'done', content: 'all done' });
    expect(tree.messages.filter(({ status }) => status === 'delivered')).toEqual([]);
    expect(seen.slice(1)).toMatchObject([
      { role: 'user', name: 'user', content: 'the task' },
      { role: 'assistant' },
      { role: 'user', name: 'a', content: 'a has failed: broken' },
      { role: 'user', name: 'b', content: 'b has answered nothing.' },
      { role: 'user', name: 'c', content: expect.stringContaining('has not answered within 1000 ms') },
      { role: 'user', content: 'D' },
    ]);
  });

  it('tells it of instructions that cannot be followed, and ends at its limit', async () => {
    const boss = scripted(
      'boss',
      { tasks: [task('nobody')] },
      { tasks: 'x' },
      { tasks: [{ worker: 'a' }] },
      done,
    );
    const { outcome, ...recorded } = await play(
      supervisor({ supervisor: boss, workers: [scripted('a', 'A')] }),
    );
    expect(outcome).toMatchObject({ content: 'all done' });
    expect(
      rows(recorded)
        .slice(1, 4)
        .map(([, , content]) => content),
    ).toEqual([
      'That cannot be done: there is no worker "nobody"; there are a.',
      'That cannot be done: tasks has to be a list, and answer a text.',
      'That cannot be done: each task needs a worker and a task, both of them texts.',
    ]);
    const restless = scripted('boss', { tasks: [task('a')] });
    const endless = await play(
      supervisor({ supervisor: restless, workers: [scripted('a', 'A')], maxRounds: 3 }),
    );
    expect(endless.outcome).toMatchObject({
      reason: 'max_rounds',
      detail: 'boss was not done after 3 rounds',
      turns: 5,
    });
    expect(faultsOf(endless.tree)).toEqual([]);
  });

  it('takes a text for the answer, and nothing for an empty one', async () => {
    const workers = [scripted('a', 'A')];
    const text = await play(supervisor({ supervisor: saying('boss', () => 'Done already.'), workers }));
    expect(text.outcome).toMatchObject({ reason: 'done', content: 'Done already.' });
    const empty = await play(supervisor({ supervisor: scripted('boss', ''), workers }));
    expect(empty.outcome).toMatchObject({ reason: 'empty_answer' });
  });

  it('works with models: every call and every message is under its cause', async () => {
    await using server = await startOfflineServer();
    const { tree, error } = await record((logger) => {
      const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger });
      const workers = ['reader', 'writer'].map((id) => new SimpleAgent({ id, client }));
      const boss = new SupervisorAgent({ id: 'boss', client, workers });
      return streamPattern(supervisor({ supervisor: boss, workers, maxRounds: 3 }), 'Write about bridges.', {
        logger,
      });
    });
    expect(error).toBeUndefined();
    expect(faultsOf(tree)).toEqual([]);
    expect(tree.messages.filter(({ from, call_id }) => from !== 'user' && call_id === undefined)).toEqual([]);
    expect(tree.run.totals.calls).toBe(server.totals.requests);
    expect(server.totals.requests).toBeGreaterThan(1);
  });

  it('refuses what makes no sense', () => {
    const boss = scripted('boss', '');
    const workers = [scripted('a', '')];
    for (const wrong of [
      undefined,
      { supervisor: boss },
      { supervisor: boss, workers: [] },
      { workers },
      { supervisor: boss, workers: [...workers, scripted('a', '')] },
      { supervisor: boss, workers: [boss] },
      { supervisor: boss, workers, maxRounds: 0 },
    ])
      expect(() => supervisor(wrong as never)).toThrow(InvalidScenarioError);
  });
});
