/** The words of a text in lower case; letters of any script, with inner apostrophes and hyphens. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? [];
}

const functionWords = new Set(
  `a about above after again against all almost alone already also although always am an and another any anybody anyone
  anything are around as ask at away back be because been before began begin being below beside between both but by call came can
  cannot could did do does doing done down during each either else enough even ever every everybody everyone everything
  far few first for from further gave get gets getting give given go goes going gone got had has have having he hear help her here
  hers him his how however i if in instead into is it its itself just keep kind know last later least less let like little long look
  made make makes making many may maybe me might mine more most mostly much must my myself near need neither never next no
  nobody none nor not nothing now of off often on once one only or other others our ours out over own part people perhaps
  please possible put quite rather really right said same saw say see seem seems seen several shall she should show side simply since small so
  some somebody someone something somewhere soon sort start still such suppose sure take tell than thank thanks that the their theirs
  them then there these they thing things think this those though three through thus to together told too toward towards try
  two under until up upon us use used using very want was way we well were what whatever when where whether which while
  who whoever whole whom whose why will with within without work would yes yet you your yours yourself
  it's i'm i'd i'll i've don't doesn't didn't isn't aren't wasn't can't won't let's that's there's what's you're we're
  we'd we'll they're hello hi hey okay ok seriously literally`.split(/\s+/),
);

/** Whether a lower-case word carries grammar rather than meaning. */
export function isFunctionWord(word: string): boolean {
  return functionWords.has(word.replace('’', "'"));
}

/** Whether a word carries meaning: not a function word, not a single Latin letter. */
export function isContentWord(word: string): boolean {
  return !isFunctionWord(word) && (word.length > 2 || /[^\p{Script=Latin}]/u.test(word));
}

/** Whether a text seems to be in English, or is too short to tell: English cannot do without its small words. */
export function looksEnglish(text: string): boolean {
  const words = wordsOf(text).slice(0, 200);
  if (words.length === 0) return true;
  const foreignLetters = words.filter((word) => /[^\p{Script=Latin}\p{N}'’-]/u.test(word)).length;
  if (foreignLetters * 2 > words.length) return false;
  return words.length < 5 || words.filter(isFunctionWord).length * 6 >= words.length;
}
