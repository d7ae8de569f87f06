/** A speaker's name as the API takes it. @see https://platform.openai.com/docs/api-reference/chat/create */
export function toMessageName(speaker: string): string {
  return speaker.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 64) || '_';
}
