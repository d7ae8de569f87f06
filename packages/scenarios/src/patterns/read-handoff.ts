import type { Answer } from '../scenario/scene.ts';
import { GO_ON } from './talk/moderator.ts';
import type { HandingOver } from './talk/talk.ts';

/**
 * To whom an answer hands over: by a tool, to anybody; or by its last line, `HANDOFF id` or `HANDOFF id: note`, to somebody of
 * `names`. A line that names nobody else is a text like any other.
 */
export function readHandoff({ content, reply }: Answer, names: readonly string[]): HandingOver | undefined {
  const { handoff } = reply;
  if (handoff !== undefined)
    return { to: handoff.to, note: handoff.note.trim() === '' ? GO_ON : handoff.note };
  const last = content.trimEnd().split('\n').at(-1)?.trim() ?? '';
  if (!last.startsWith('HANDOFF ')) return undefined;
  const rest = last.slice('HANDOFF '.length).trim();
  // The note is in the answer itself, which the next one hears.
  const to = names.find((name) => rest === name || rest.startsWith(`${name}:`));
  return to === undefined ? undefined : { to };
}
