import type { PackedSpeaker } from '../../page-data/page-data.ts';

/** How many colours styles/tokens.css has for agents. */
const COLOURS = 10;

/** Somebody who asks or speaks, with the colour that follows them through the page. */
export interface Speaker {
  id: string;
  /** Its place among the speakers. */
  place: number;
  label: string;
  role?: string;
  parentId?: string;
  /** Without a model behind them: a person, a terminal. */
  isPerson: boolean;
  /** A CSS colour. */
  colour: string;
}

export function toSpeaker(
  { id, name, role, parentId }: PackedSpeaker,
  place: number,
  isPerson: boolean,
): Speaker {
  return {
    id,
    place,
    label: name || id || '(unnamed)',
    ...(role !== undefined && { role }),
    ...(parentId !== undefined && { parentId }),
    isPerson,
    colour: isPerson ? 'var(--person)' : `var(--agent-${place % COLOURS})`,
  };
}
