/** What kind of speaker somebody is. */
export type SpeakerKind = 'model' | 'person' | 'terminal';

/** A speaker and how the line was spoken. */
export interface SpokenBy {
  speaker: string;
  who: SpeakerKind;
  kind: 'speech' | 'thought';
  to?: string;
}

// `Orchestrator (-> WebSurfer)`, `Orchestrator (thought)`, `Orchestrator (termination condition)`
const remark = /^(?<speaker>.+?)\s*\((?:->\s*(?<to>[^)]+?)|(?<thought>thought)|[^)]*)\)\s*$/i;

/** Reads a line's speaker from its name, else its role; a line with neither is the user's. */
export function parseSpeaker(name: string | null | undefined, role: string | null | undefined): SpokenBy {
  const label = name?.trim() || role?.trim() || 'user';
  const groups = remark.exec(label)?.groups;
  const speaker = groups?.speaker ?? label;
  return {
    speaker,
    who: kindOf(speaker),
    kind: groups?.thought === undefined ? 'speech' : 'thought',
    ...(groups?.to !== undefined && { to: groups.to.trim() }),
  };
}

/** Terminals and tools run commands, people type, a system line was written by nobody; all others are models. */
function kindOf(speaker: string): SpeakerKind {
  if (/terminal|^(?:tool|function)$/i.test(speaker)) return 'terminal';
  if (/^(?:human|user|user[_ ]?proxy|system|developer)$/i.test(speaker)) return 'person';
  return 'model';
}
