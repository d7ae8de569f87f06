import { createUniqueNames } from './unique-names.ts';

/** Above this many the viewer's list of entities helps nobody, and each takes 2 KB of the file. */
const MOST_ENTITIES = 200;
const LONGEST_PART = 40;

/** What needs no escape in an entity path is letters, digits, `_`, `-` and `.`. @see https://rerun.io/docs/concepts/logging-and-ingestion/entity-path */
const ESCAPED = /[^\p{L}\p{N}_.-]/gu;

/**
 * Where in the log the lines of a speaker stand: `/log/<id>`, in which all but letters, digits and `_.-` is `_`. From
 * the 201st speaker on it is `/log/others`.
 */
export function createEntityPaths(): (speaker: string | undefined) => string {
  const unique = createUniqueNames();
  const others = `/log/${unique('others')}`;
  const paths = new Map<string | undefined, string>();
  return (speaker) => {
    const known = paths.get(speaker);
    if (known !== undefined) return known;
    const path = paths.size < MOST_ENTITIES ? `/log/${unique(toPart(speaker))}` : others;
    paths.set(speaker, path);
    return path;
  };
}

function toPart(speaker = 'unknown'): string {
  const part = [...speaker.slice(0, LONGEST_PART * 2)].slice(0, LONGEST_PART).join('').replace(ESCAPED, '_');
  // Rerun keeps names with two underscores in front for itself.
  return part.replace(/^__+/, '_') || 'unnamed';
}
