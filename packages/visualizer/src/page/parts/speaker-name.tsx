import type { RunModel } from '../run/run-model.ts';

/** Somebody's name beside a dot in their colour; a square for people and terminals. */
export function SpeakerName({ run, id }: { run: RunModel; id: string | undefined }) {
  if (id === undefined) return <span class="speaker speaker-unknown">unknown</span>;
  const speaker = run.speakerById.get(id);
  return (
    <span class="speaker" style={{ '--c': speaker?.colour ?? 'var(--person)' }} title={id}>
      <span class={speaker?.isPerson ? 'dot dot-square' : 'dot'} aria-hidden="true" />
      <bdi>{speaker?.label ?? id}</bdi>
    </span>
  );
}
