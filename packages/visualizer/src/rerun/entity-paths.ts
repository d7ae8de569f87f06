import { createUniqueNames } from './unique-names.ts';

/** Above this many the viewer's list of entities helps nobody, and each takes 2 KB of the file. */
const MOST_ENTITIES = 200;
const LONGEST_PART = 40;

/** What needs no escape in an entity path is letters, digits, `_`, `-` and `.`. @see https://rerun.io/docs/concepts/logging-and-ingestion/entity-path */
const ESCAPED = /[^\p{L}\p{N}_.-]/gu;

/**
 * Where in the log the lines of an agent stand: `/log/<id>`, in which all but letters, digits and `_.-` is `_`. From
 * the 201st agent on it is `/log/others`; what belongs to no agent's call is in `/log/messages`.
 */
export function createEntityPaths(): (agentId: string | undefined) => string {
  const unique = createUniqueNames();
  const others = `/log/${unique('others')}`;
  const paths = new Map<string | undefined, string>();
  return (agentId) => {
    const known = paths.get(agentId);
    if (known !== undefined) return known;
    const path = paths.size < MOST_ENTITIES ? `/log/${unique(toPart(agentId))}` : others;
    paths.set(agentId, path);
    return path;
  };
}

function toPart(agentId = 'messages'): string {
  const part = [...agentId.slice(0, LONGEST_PART * 2)].slice(0, LONGEST_PART).join('').replace(ESCAPED, '_');
  // Rerun keeps names with two underscores in front for itself.
  return part.replace(/^__+/, '_') || 'unnamed';
}
