/**
 * What becomes of a message on its way. `reorder`: it waits until the next message of the same sender to the same
 * recipient has been delivered, or until nothing else is left to do; `delay`: until so many more turns are finished.
 */
export type MessageFate =
  | { type: 'deliver' }
  | { type: 'drop' }
  | { type: 'duplicate' }
  | { type: 'reorder' }
  | { type: 'delay'; turns: number };

/** A message as its place on the way: the `n`-th one (from 1) of this sender to this recipient. */
export interface MessagePlace {
  from: string;
  to: string;
  n: number;
}
