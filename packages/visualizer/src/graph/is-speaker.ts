import type { GraphNode } from './run-graph.ts';

/** Whether a node is somebody who can say something: an agent or a person, no model and no tool. */
export function isSpeaker({ kind }: GraphNode): boolean {
  return kind === 'agent' || kind === 'person';
}
