import { z } from 'zod';
import { ConversationFormatError } from '../errors/conversation-format-error.ts';
import { parseSpeaker, type SpeakerKind } from './speaker.ts';

const partSchema = z.looseObject({ text: z.string().optional() });
const entrySchema = z.looseObject({
  role: z.string().nullish(),
  name: z.string().nullish(),
  content: z.union([z.string(), z.array(z.union([z.string(), partSchema])), z.null()]).optional(),
});
const entriesSchema = z.array(entrySchema).min(1, 'it has no messages');
const conversationSchema = z.union([entriesSchema, z.looseObject({ history: entriesSchema })]);

/** One thing somebody said. */
export interface ConversationTurn {
  speaker: string;
  /** Whom it was said to, where the record or the order of speakers tells; nobody for a thought and the last word. */
  to?: string;
  /** `thought`: thinking aloud, addressed to nobody. */
  kind: 'speech' | 'thought';
  content: string;
}

/** Who takes part; `model` makes model calls, a `person` or a `terminal` only speaks. */
export interface ConversationSpeaker {
  id: string;
  kind: SpeakerKind;
}

export interface Conversation {
  turns: ConversationTurn[];
  /** In order of their first turn. */
  speakers: ConversationSpeaker[];
}

/**
 * Reads a recorded multi-agent conversation: an array, or an object with a `history` array, of
 * `{ role?, name?, content }`, as AutoGen/AG2, Magentic-One and OpenAI write them. The speaker is the name, else
 * the role without its remarks: `Orchestrator (-> WebSurfer)` is the Orchestrator speaking to WebSurfer.
 * A turn that names nobody is addressed to whoever speaks next, because that is who was given the floor.
 *
 * @throws {ConversationFormatError} naming the place
 */
export function parseConversation(json: unknown): Conversation {
  const parsed = conversationSchema.safeParse(json);
  if (!parsed.success) throw formatError(json);
  const entries = Array.isArray(parsed.data) ? parsed.data : parsed.data.history;
  const said = entries.map(({ role, name, content }) => ({
    ...parseSpeaker(name, role),
    content: textOf(content),
  }));
  const speakers = new Map<string, ConversationSpeaker>();
  for (const { speaker, who } of said)
    if (!speakers.has(speaker)) speakers.set(speaker, { id: speaker, kind: who });
  const turns = said.map(({ speaker, kind, to, content }, i): ConversationTurn => {
    const addressee =
      kind === 'thought'
        ? undefined
        : (to ?? said.slice(i + 1).find((next) => next.speaker !== speaker)?.speaker);
    return { speaker, ...(addressee !== undefined && { to: addressee }), kind, content };
  });
  for (const { to } of turns)
    if (to !== undefined && !speakers.has(to)) speakers.set(to, { id: to, kind: 'person' });
  return { turns, speakers: [...speakers.values()] };
}

function textOf(content: z.infer<typeof entrySchema>['content']): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map((part) => (typeof part === 'string' ? part : (part.text ?? ''))).join('');
}

/** The union's own error names neither branch's trouble; the branch that was meant does. */
function formatError(json: unknown): ConversationFormatError {
  const inObject = typeof json === 'object' && json !== null && 'history' in json;
  const entries = inObject ? json.history : json;
  const issue = entriesSchema.safeParse(entries).error?.issues[0];
  const path = (issue?.path ?? [])
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('');
  return new ConversationFormatError(
    `${inObject ? 'history' : 'the top'}${path}`,
    issue?.message ?? 'invalid',
  );
}
