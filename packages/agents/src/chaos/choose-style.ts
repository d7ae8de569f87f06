import { createHash } from 'node:crypto';
import { strengths, styles } from './styles.ts';

const MOST_STYLES = 3;

/**
 * What a model is told of how to surprise this time. The same seed and message give the same style, so that a run can be
 * repeated and its record replayed.
 *
 * @param chaos from 0 to 1: how many styles at once, and how firmly
 */
export function chooseStyle(chaos: number, seed: string | number, message: string): string {
  const hash = createHash('sha256').update(`${seed}\n${message}`).digest();
  const count = Math.min(MOST_STYLES, 1 + Math.floor(chaos * MOST_STYLES));
  const left = [...styles];
  const chosen = Array.from(
    { length: count },
    (_, i) => left.splice(hash.readUInt32BE(i * 4) % left.length, 1)[0],
  );
  const strength = strengths[Math.min(strengths.length - 1, Math.floor(chaos * strengths.length))];
  return [strength, ...chosen].join(' ');
}
