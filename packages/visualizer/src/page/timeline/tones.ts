import type { Tone } from '../../text/status.ts';

/** The variable in styles/tokens.css that a tone is drawn with. */
export const TONES: Record<Tone, string> = { good: 'good', bad: 'bad', warn: 'warn', open: 'accent' };
