/** Recorded conversations of multi-agent systems; pure. */

export {
  type Conversation,
  type ConversationSpeaker,
  type ConversationTurn,
  parseConversation,
} from './conversation/parse-conversation.ts';
export type { SpeakerKind } from './conversation/speaker.ts';
export { ConversationFormatError } from './errors/conversation-format-error.ts';
