import { type ChatMessageParam, estimateTokens } from '@pd/llm-client';
import { messageText } from '../memory/words/message-text.ts';

/** What a message takes beside its text: role and separators. The usual count for OpenAI's chat models. */
const PER_MESSAGE = 4;
/** For an image, a sound or a document, whose size in tokens only the provider knows: about a square image of 1,024 pixels. */
const PER_ATTACHMENT = 800;

/** About how many tokens a message takes. */
export function countTokens(message: ChatMessageParam): number {
  const attachments = Array.isArray(message.content)
    ? message.content.filter((part) => part?.type !== 'text' && part?.type !== 'refusal').length
    : 0;
  return estimateTokens(messageText(message)) + PER_MESSAGE + attachments * PER_ATTACHMENT;
}
