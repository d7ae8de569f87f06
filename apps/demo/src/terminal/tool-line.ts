import type { AgentReply } from '@pd/agents';
import { safeText } from './safe-text.ts';

/** Characters of arguments and of a result that are shown; the whole of it is on record. */
const SHOWN = 100;

/** What a tool was run with and what came of it, in one line that is safe for a terminal. */
export function describeToolRun({
  name,
  arguments: given,
  status,
  content,
}: NonNullable<AgentReply['toolRuns']>[number]): string {
  const result = status === 'ok' ? content : `${status}: ${content}`;
  return `${clip(name)}(${clip(JSON.stringify(given) ?? '')}) → ${clip(result)}`;
}

function clip(text: string): string {
  const line = safeText(text).replace(/\s+/g, ' ').trim();
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}
