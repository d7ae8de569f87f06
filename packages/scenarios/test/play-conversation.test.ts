import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseConversation } from '@pd/call-log/conversation';
import { callsById, expandRequest } from '@pd/call-log/reader';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { describe, expect, it } from 'vitest';
import { playConversation } from '../src/index.ts';
import { record } from './support.ts';

async function play(json: unknown, options: { maxTurns?: number } = {}) {
  const conversation = parseConversation(json);
  await using server = await startOfflineServer({ conversation });
  const recorded = await record((logger) => {
    const client = createLLMClient({ model: 'unused', provider: 'offline', baseURL: server.url, logger });
    return playConversation({ conversation, client, modelFor: (id) => `recorded/${id}`, logger, ...options });
  });
  return { ...recorded, conversation, totals: { ...server.totals } };
}

const small = [
  { role: 'human', content: 'Find the tallest bridge.' },
  { role: 'Orchestrator (thought)', content: 'Let me plan.' },
  { role: 'Orchestrator (-> WebSurfer)', content: 'Search for it.' },
  { role: 'WebSurfer', content: 'It is in Millau. </script> \u202e' },
  { role: 'Orchestrator (-> ComputerTerminal)', content: 'print(1)' },
  { role: 'ComputerTerminal', content: '1' },
  { role: 'Orchestrator (termination condition)', content: '' },
];

describe('playConversation', () => {
  it('makes calls for models only, messages for what was said, and neither for what was not', async () => {
    const { tree, totals, events, error } = await play(small);
    expect(error).toBeUndefined();
    expect(tree.agents.map(({ id, role, calls }) => [id, role, calls.length])).toEqual([
      ['human', 'person', 0],
      ['Orchestrator', 'agent', 4],
      ['WebSurfer', 'agent', 1],
      ['ComputerTerminal', 'terminal', 0],
    ]);
    expect(tree.messages.map(({ from, to, content, status }) => [from, to, content, status])).toEqual([
      ['human', 'Orchestrator', small[0]?.content, 'handled'],
      ['Orchestrator', 'WebSurfer', small[2]?.content, 'handled'],
      ['WebSurfer', 'Orchestrator', small[3]?.content, 'handled'],
      ['Orchestrator', 'ComputerTerminal', small[4]?.content, 'handled'],
      ['ComputerTerminal', 'Orchestrator', '1', 'handled'],
      ['Orchestrator', undefined, '', 'handled'],
    ]);
    expect(totals.requests).toBe(5);
    expect(events.at(-1)).toMatchObject({ type: 'end', outcome: { reason: 'end_of_script', turns: 7 } });
  });

  it('sends each model the whole conversation so far, its own lines as its own', async () => {
    const { tree } = await play(small);
    const last = tree.agents.find(({ id }) => id === 'Orchestrator')?.calls.at(-1);
    if (last === undefined) throw new Error('no call');
    const request = expandRequest(last, callsById(tree));
    expect(request.slice(1).map(({ role, name, content }) => [role, name, content])).toEqual(
      small
        .slice(0, 6)
        .map(({ role, content }) =>
          role.startsWith('Orchestrator') ? ['assistant', undefined, content] : ['user', role, content],
        ),
    );
  });

  it('stops at the limit', async () => {
    const { events, tree } = await play(small, { maxTurns: 3 });
    expect(events.at(-1)).toMatchObject({ type: 'end', outcome: { reason: 'max_turns', turns: 3 } });
    expect(tree.run.totals.calls).toBe(2);
  });

  it('rejects what was said to a model that fails', async () => {
    const conversation = parseConversation(small);
    await using server = await startOfflineServer();
    const { tree, error } = await record((logger) => {
      const client = createLLMClient({ model: 'unused', baseURL: server.url, logger });
      return playConversation({ conversation, client, modelFor: () => 'nobody-has-this', logger });
    });
    expect(error).toMatchObject({ code: 'not_found' });
    // The Orchestrator's first line is a thought, which answers nobody yet.
    expect(tree.messages.map(({ to, status }) => [to, status])).toEqual([['Orchestrator', 'delivered']]);
    const spoken = await record((logger) => {
      const client = createLLMClient({ model: 'unused', baseURL: server.url, logger });
      const direct = parseConversation([
        { role: 'human', content: 'Hi' },
        { role: 'Bot', content: 'Ho' },
      ]);
      return playConversation({ conversation: direct, client, modelFor: () => 'nobody-has-this', logger });
    });
    expect(spoken.tree.messages.map(({ to, status }) => [to, status])).toEqual([['Bot', 'rejected']]);
  });

  it('refuses a limit that is none', async () => {
    for (const maxTurns of [0, -1, 1.5]) {
      expect((await play(small, { maxTurns })).error).toMatchObject({ code: 'invalid_scenario' });
    }
  });
});

const real = resolve(import.meta.dirname, '../../../../shared/data/who-and-when');

describe.skipIf(!existsSync(real))(
  'recorded runs of real systems (needs ../shared/data beside the project)',
  () => {
    it.each(existsSync(real) ? readdirSync(real).filter((name) => name.endsWith('.json')) : [])(
      '%s',
      async (name) => {
        const { tree, conversation, totals, error } = await play(
          JSON.parse(readFileSync(join(real, name), 'utf8')),
        );
        expect(error).toBeUndefined();
        const models = new Set(
          conversation.speakers.filter(({ kind }) => kind === 'model').map(({ id }) => id),
        );
        const spoken = conversation.turns.filter(({ kind }) => kind === 'speech');
        expect(tree.messages.map(({ from, content }) => [from, content])).toEqual(
          spoken.map(({ speaker, content }) => [speaker, content]),
        );
        for (const { id, calls } of tree.agents) {
          const lines = models.has(id) ? conversation.turns.filter(({ speaker }) => speaker === id) : [];
          expect(calls.map(({ post }) => post?.message?.content)).toEqual(
            lines.map(({ content }) => content),
          );
        }
        expect(totals).toMatchObject({ requests: tree.run.totals.calls, errors: 0 });
      },
    );
  },
);
