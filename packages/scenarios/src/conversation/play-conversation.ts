import type { Agent } from '@pd/agents';
import type { Conversation, ConversationTurn } from '@pd/call-log/conversation';
import type { Logger } from '@pd/call-log/schema';
import type { LLMClient } from '@pd/llm-client';
import { checkTurns } from '../errors/invalid-scenario-error.ts';
import { MessageLedger } from '../message-ledger.ts';
import type { ScenarioRun } from '../scenario/scenario-event.ts';
import type { ScenarioOutcome } from '../scenario/scenario-outcome.ts';
import { RecordedSpeaker } from './recorded-speaker.ts';
import { ScriptedSpeaker } from './scripted-speaker.ts';
import { settled } from './settled.ts';
import { takeTurn } from './take-turn.ts';

export interface PlayConversationOptions {
  /** As `parseConversation()` reads it. */
  conversation: Conversation;
  /** Asked for every line that a model speaks. */
  client: LLMClient;
  /** The model that speaks for a speaker, for example `recorded/Critic` of the offline server. */
  modelFor: (speaker: string) => string;
  /** Turns to play. Default: all. */
  maxTurns?: number;
  signal?: AbortSignal | undefined;
  logger?: Logger;
  /** Makes message ids. Default: random UUIDs. */
  createId?: () => string;
}

/**
 * Plays a recorded conversation: every speaker becomes a participant, every line of a model becomes a model
 * call that carries the whole conversation so far, and every line becomes a message. People and terminals
 * speak without a call; a thought is a call without a message.
 *
 * @throws {InvalidScenarioError} when the limit is no positive whole number
 * @throws whatever a call throws; the signal's reason after an abort
 */
export async function* playConversation(options: PlayConversationOptions): ScenarioRun {
  const { conversation, client, modelFor, signal, logger, createId } = options;
  const { maxTurns = conversation.turns.length } = options;
  if (maxTurns !== conversation.turns.length) checkTurns(maxTurns);
  const turns = conversation.turns.slice(0, maxTurns);
  const ledger = new MessageLedger(logger, createId);
  const heard: ConversationTurn[] = [];
  const agents = new Map<string, Agent>();
  const roles = new Map<string, string>();
  for (const { id, kind } of conversation.speakers) {
    ledger.introduce({ id, role: kind === 'model' ? 'agent' : kind });
    roles.set(id, kind);
    if (kind === 'model') agents.set(id, new RecordedSpeaker({ id, client, model: modelFor(id), heard }));
  }

  let messages = 0;
  const waiting = new Map<string, string[]>();
  for (const [i, turn] of turns.entries()) {
    signal?.throwIfAborted();
    const { speaker, to } = turn;
    const agent =
      agents.get(speaker) ?? new ScriptedSpeaker(speaker, roles.get(speaker) ?? 'person', turn.content);
    const last = heard.at(-1);
    const message = { content: last?.content ?? '', ...(last !== undefined && { from: last.speaker }) };
    const thought = turn.kind === 'thought';
    // A thought answers nobody yet.
    const answered = thought ? [] : (waiting.get(speaker) ?? []);
    const answer = takeTurn({ number: i + 1, agent, message, to, thought, signal });
    const reply = yield* settled(answer, ledger, answered, signal);
    const { content, callId } = reply;
    heard.push({ ...turn, content });
    if (!thought) {
      waiting.delete(speaker);
      messages++;
      const id = ledger.deliver({ from: speaker, to, content, callId });
      if (to === undefined) ledger.settle(id, 'handled');
      else waiting.set(to, [...(waiting.get(to) ?? []), id]);
    }
    yield { type: 'turn-end', turn: i + 1, speaker, reply };
  }
  // What nobody has answered was heard by all.
  for (const id of [...waiting.values()].flat()) ledger.settle(id, 'handled');
  const last = heard.at(-1);
  const outcome: ScenarioOutcome = {
    reason: turns.length < conversation.turns.length ? 'max_turns' : 'end_of_script',
    turns: turns.length,
    messages,
    content: last?.content ?? '',
    ...(last !== undefined && { from: last.speaker }),
  };
  yield { type: 'end', outcome };
  return outcome;
}

/** As {@link playConversation}, for the outcome alone. */
export async function runConversation(options: PlayConversationOptions): Promise<ScenarioOutcome> {
  const run = playConversation(options);
  for (;;) {
    const { done, value } = await run.next();
    if (done) return value;
  }
}
