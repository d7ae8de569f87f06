/** Something that lasts, in milliseconds. */
export interface Interval {
  start: number;
  end: number;
}
