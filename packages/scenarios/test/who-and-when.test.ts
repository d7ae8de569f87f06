import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Agent, type IncomingMessage, ModelAgent } from '@pd/agents';
import { parseConversation } from '@pd/call-log/conversation';
import { callsById, expandRequest } from '@pd/call-log/reader';
import { type ChatMessageParam, createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { describe, expect, it } from 'vitest';
import { groupChat, streamPattern } from '../src/index.ts';
import { record } from './support.ts';
import { expectWhole, speaker } from './talking.ts';

/** Says what the record says next, having been shown what the record says was said before. */
class Voice extends ModelAgent {
  protected override messagesFor(message: IncomingMessage) {
    const own: ChatMessageParam[] = [{ role: 'system', content: `You are ${this.id}.` }];
    // The record has no moderator: one that speaks again has heard everything already.
    if (message.from === 'moderator') return [];
    return [...own, { role: 'user' as const, content: message.content }];
  }
}

const real = resolve(import.meta.dirname, '../../../../shared/data/who-and-when');

describe.skipIf(!existsSync(real))(
  'recorded conversations of real systems, through a group chat (needs ../shared/data beside the project)',
  () => {
    it.each(existsSync(real) ? readdirSync(real).filter((name) => name.endsWith('.json')) : [])(
      '%s',
      async (name) => {
        const conversation = parseConversation(JSON.parse(readFileSync(join(real, name), 'utf8')));
        const { turns, speakers } = conversation;
        const [opening] = turns;
        if (opening === undefined) throw new Error('an empty conversation');
        await using server = await startOfflineServer({ conversation });
        const { tree, error } = await record((logger) => {
          const client = createLLMClient({ model: 'x', provider: 'offline', baseURL: server.url, logger });
          const agents = speakers.map(({ id, kind }): Agent => {
            const lines = turns.slice(1).filter((turn) => turn.speaker === id);
            if (kind === 'model') return new Voice({ id, client, model: `recorded/${id}` }, 'agent');
            return speaker(
              id,
              lines.map(({ content }) => content),
            );
          });
          const chat = groupChat({
            agents,
            allowRepeat: true,
            next: (context) => turns[context.turns + 1]?.speaker,
            maxTurns: turns.length,
          });
          return streamPattern(chat, { from: opening.speaker, content: opening.content }, { logger });
        });
        expect(error).toBeUndefined();
        expectWhole(tree);
        for (const { id, kind } of speakers) {
          const said = turns.filter((turn, i) => i > 0 && turn.speaker === id);
          const calls = tree.agents.find((agent) => agent.id === id)?.calls ?? [];
          // Said: by its calls, and to each of the others.
          if (kind === 'model')
            expect(calls.map(({ post }) => post?.message?.content)).toEqual(
              said.map(({ content }) => content),
            );
          // Heard: as messages, and in every request before its own words.
          const heard = tree.messages.filter(({ from, to }) => to === id && from !== 'moderator');
          expect(heard.map(({ from, content }) => [from, content])).toEqual(
            turns.filter((turn) => turn.speaker !== id).map((turn) => [turn.speaker, turn.content]),
          );
          const last = calls.at(-1);
          if (last === undefined) continue;
          const position = turns.findLastIndex((turn) => turn.speaker === id);
          const request = expandRequest(last, callsById(tree)).filter(({ role }) => role !== 'system');
          expect(request.map(({ role, content }) => [role, content])).toEqual(
            turns
              .slice(0, position)
              .map((turn) => [turn.speaker === id ? 'assistant' : 'user', turn.content]),
          );
        }
        expect(server.totals).toMatchObject({ requests: tree.run.totals.calls, errors: 0 });
      },
    );
  },
);
