/** Where a conversation is, from the point of view of the one who speaks next. */
export type Stage = 'opening' | 'building' | 'disagreeing' | 'converging';

/**
 * A place in a reply, with the sentence frames that can fill it. `{slots}` are replaced by what `slots.ts`
 * finds; a frame whose slots cannot all be filled is not used. The first group with a usable frame wins, so
 * put what needs the most understanding first.
 */
export type Place = readonly (readonly string[])[];

/** How a voice speaks: what it says at each stage, place by place. */
export interface Voice {
  name: 'methodical' | 'chaotic';
  stages: Readonly<Record<Stage, readonly Place[]>>;
  /** What replaces the first place of a stage when the last message is empty, foreign or code. */
  whenEmpty: Place;
  whenForeign: Place;
  whenCode: Place;
}
