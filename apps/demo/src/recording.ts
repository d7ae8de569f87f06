import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Conversation, ConversationFormatError, parseConversation } from '@pd/call-log/conversation';
import { UsageError } from './options.ts';

/**
 * Reads a recorded conversation.
 *
 * @throws {UsageError} when the file cannot be read or holds no conversation
 */
export async function readRecording(path: string, workingDirectory: string): Promise<Conversation> {
  const file = resolve(workingDirectory, path);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`--script ${path}: ${reason(error)}`);
  }
  try {
    // Editors on Windows put a byte order mark first.
    return parseConversation(JSON.parse(text.replace(/^\ufeff/, '')));
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`--script ${path} is not JSON: ${error.message}`);
    if (error instanceof ConversationFormatError) throw new UsageError(`--script ${path}: ${error.message}`);
    throw error;
  }
}

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'that is a folder, not a file';
  return message;
}
