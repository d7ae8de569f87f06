import type { RunTree } from '@pd/call-log/schema';
import type { PackedSpeaker } from './page-data.ts';

/** Everybody of a run: agents as recorded, then whoever else wrote or was written to. */
export function speakersOf({ agents, messages }: RunTree): PackedSpeaker[] {
  const speakers = new Map<string, PackedSpeaker>();
  for (const { id, name, role, parent_id: parentId } of agents) {
    if (speakers.has(id)) continue;
    speakers.set(id, {
      id,
      isAgent: true,
      ...(name !== undefined && { name }),
      ...(role !== undefined && { role }),
      ...(parentId !== undefined && { parentId }),
    });
  }
  for (const { from, to } of messages) {
    for (const id of [from, to])
      if (id !== undefined && !speakers.has(id)) speakers.set(id, { id, isAgent: false });
  }
  return [...speakers.values()];
}
