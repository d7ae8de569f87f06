import type { MessageNode, RunTree } from '@pd/call-log/schema';
import { toGraph } from '../graph/to-graph.ts';
import { contentText } from '../text/content-text.ts';
import { escapeLabel } from './escape-label.ts';

/** The participant that stands for a sender or addressee the record does not name. */
const NOBODY = 'nobody';

/**
 * A run's messages as a Mermaid sequence diagram: a line per message, in the order of the record. A crossed
 * arrow is a message that was rejected or not delivered; one to nobody in particular is a note.
 */
export function toSequenceDiagram(tree: RunTree, maxTextLength: number): string {
  const speakers = toGraph(tree, { models: false, tools: false }).nodes;
  const names = new Map(speakers.map(({ id }, index) => [id, `n${index}`]));
  const lines = speakers.map(({ id, kind, label }) => {
    return `  ${kind === 'person' ? 'actor' : 'participant'} ${names.get(id)} as ${escapeLabel(label, maxTextLength)}`;
  });
  if (tree.messages.some(({ from }) => from === undefined))
    lines.push(`  participant ${NOBODY} as (unknown)`);
  for (const message of tree.messages) lines.push(`  ${line(message, names, maxTextLength)}`);
  return `${['sequenceDiagram', ...lines].join('\n')}\n`;
}

function line(message: MessageNode, names: ReadonlyMap<string, string>, maxTextLength: number): string {
  const from = (message.from !== undefined && names.get(message.from)) || NOBODY;
  const text = escapeLabel(contentText(message.content), maxTextLength);
  if (message.to === undefined) return `Note over ${from}: ${text}`;
  const lost = message.status === 'rejected' || message.status === 'dead_lettered';
  return `${from}${lost ? '-x' : '->>'}${names.get(message.to) ?? NOBODY}: ${text}`;
}
