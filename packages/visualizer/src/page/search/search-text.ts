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
