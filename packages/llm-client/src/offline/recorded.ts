import { badRequest } from './api-error.ts';
import type { ChatMessage } from './chat-request.ts';
import { OfflineServerError } from './errors.ts';
import { clip } from './tokens.ts';

/** One turn of a recorded conversation: who spoke, and exactly what. */
export interface OfflineTurn {
  readonly speaker: string;
  readonly content: string;
}

/** A recorded conversation, first turn first. Extra fields are ignored. */
export interface OfflineConversation {
  readonly turns: readonly OfflineTurn[];
}

/** What the ids of models that replay a speaker begin with. */
export const recordedPrefix = 'recorded/';

/** Throws {@link OfflineServerError} `invalid_option` unless every turn has a speaker and a content. */
export function checkConversation(conversation: OfflineConversation): void {
  const turns: unknown = conversation.turns;
  const broken = Array.isArray(turns) ? turns.findIndex((turn) => !isTurn(turn)) : 0;
  if (broken === -1) return;
  const where = Array.isArray(turns) ? `turns[${broken}]` : 'turns';
  throw new OfflineServerError(
    'invalid_option',
    `conversation.${where} is not what it should be: give an array of { speaker: string, content: string }.`,
  );
}

/** The model ids of a conversation, in order of first appearance. */
export function recordedModels(conversation: OfflineConversation): string[] {
  return [...new Set(conversation.turns.map((turn) => recordedPrefix + turn.speaker))];
}

/**
 * What `speaker` said next. Stateless: the number of non-system messages is the index of the turn, and each of
 * these messages must equal the recorded turn at its place.
 *
 * @throws ApiError 400 `conversation_ended` past the last turn, `conversation_mismatch` when the messages are
 * not the record's or the turn is somebody else's.
 */
export function recordedReply(
  conversation: OfflineConversation,
  speaker: string,
  messages: readonly ChatMessage[],
): string {
  const { turns } = conversation;
  const said = messages.filter((message) => message.role !== 'system' && message.role !== 'developer');
  const index = said.length;
  const turn = turns[index];
  if (turn === undefined) {
    throw badRequest(
      `The recorded conversation ended: it has ${turns.length} turns (0 to ${turns.length - 1}), and turn ${index} was asked for.`,
      'messages',
      'conversation_ended',
    );
  }
  said.forEach(({ text }, position) => {
    const recorded = turns[position];
    if (recorded === undefined || recorded.content === text) return;
    throw mismatch(
      `Turn ${position} does not match the record: ${show(recorded.speaker)} said ${show(recorded.content)} (${recorded.content.length} characters), and the request has ${show(text)} (${text.length} characters) there.`,
    );
  });
  if (turn.speaker !== speaker) {
    throw mismatch(
      `Turn ${index} belongs to ${show(turn.speaker)}, and ${show(speaker)} was asked for: use the model ${show(recordedPrefix + turn.speaker)}.`,
    );
  }
  return turn.content;
}

function mismatch(message: string) {
  return badRequest(message, 'messages', 'conversation_mismatch');
}

function show(text: string): string {
  return JSON.stringify(text.length > 80 ? `${clip(text, 80)}…` : text);
}

function isTurn(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { speaker, content } = value as Record<string, unknown>;
  return typeof speaker === 'string' && typeof content === 'string';
}
