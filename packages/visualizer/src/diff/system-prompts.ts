import type { ChatMessage, RunTree } from '@pd/call-log/schema';
import { contentText } from '../text/content-text.ts';

/** What each agent was told to be: the first system or developer message of its first call that has one. */
export function systemPrompts({ agents }: RunTree): Map<string, string> {
  const prompts = new Map<string, string>();
  for (const { id, calls } of agents) {
    for (const { pre } of calls) {
      const prompt = pre.messages.find(isSystem);
      if (prompt === undefined) continue;
      prompts.set(id, contentText(prompt.content));
      break;
    }
  }
  return prompts;
}

function isSystem({ role }: ChatMessage): boolean {
  return role === 'system' || role === 'developer';
}
