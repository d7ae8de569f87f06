import type { RunModel } from '../run/run-model.ts';

/** What a word is looked for in, in small letters. */
export interface SearchText {
  call(index: number): string;
  message(index: number): string;
}

const known = new WeakMap<RunModel, SearchText>();

/** Made once per run, a text when it is first asked for: small letters of 100,000 texts take a while. */
export function createSearchText(run: RunModel): SearchText {
  const made = known.get(run);
  if (made !== undefined) return made;
  const { calls, messages, names, speakers } = run;
  const callTexts: string[] = [];
  const messageTexts: string[] = [];
  const label = (place: number | undefined) => speakers[place ?? -1]?.label ?? '';
  const name = (place: number | undefined) => names[place ?? -1] ?? '';
  const text: SearchText = {
    call(index) {
      callTexts[index] ??=
        `${calls.id[index]} ${label(calls.agent[index])} ${name(calls.model[index])} ${name(calls.error[index])} ${calls.excerpt[index]}`.toLowerCase();
      return callTexts[index];
    },
    message(index) {
      messageTexts[index] ??=
        `${messages.id[index]} ${label(messages.from[index])} ${label(messages.to[index])} ${messages.excerpt[index]}`.toLowerCase();
      return messageTexts[index];
    },
  };
  known.set(run, text);
  return text;
}

/** Texts made at a time while the page has nothing else to do. */
const AT_ONCE = 2_000;

/** Makes the texts before somebody searches, while nobody waits. */
export function warmSearchText(run: RunModel): void {
  const text = createSearchText(run);
  let next = 0;
  const warm = () => {
    for (const end = next + AT_ONCE; next < end; next++) {
      if (next < run.calls.count) text.call(next);
      if (next < run.messages.count) text.message(next);
    }
    if (next < Math.max(run.calls.count, run.messages.count)) later();
  };
  // Safari has none.
  const later = () =>
    'requestIdleCallback' in globalThis ? requestIdleCallback(warm) : setTimeout(warm, 30);
  later();
}
