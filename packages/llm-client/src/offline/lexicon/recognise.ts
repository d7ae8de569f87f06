import { wordsOf } from '../keywords.ts';
import { anything } from './anything.ts';
import { arts } from './arts.ts';
import { city } from './city.ts';
import type { Domain } from './domain.ts';
import { food } from './food.ts';
import { learning } from './learning.ts';
import { nature } from './nature.ts';
import { software } from './software.ts';
import { wellbeing } from './wellbeing.ts';
import { work } from './work.ts';

/** Every field that can be recognised, and the one for everything else. */
export const domains: readonly Domain[] = [
  city,
  learning,
  software,
  food,
  nature,
  wellbeing,
  work,
  arts,
  anything,
];

const domainsOfCue = new Map<string, Domain[]>();
for (const domain of domains) {
  for (const cue of domain.cues) domainsOfCue.set(cue, [...(domainsOfCue.get(cue) ?? []), domain]);
}

/**
 * The field that most words of the weighted texts point to; `anything` when none does. Ties go to the first.
 * What `said` (in lower case) already has from a field counts most, so that a conversation does not drift from
 * one field to the next on a stray word.
 */
export function recogniseDomain(texts: readonly { text: string; weight: number }[], said: string): Domain {
  const scores = new Map<Domain, number>();
  for (const domain of domains) {
    const entries = [...domain.levers.map(({ what }) => what), ...domain.proposals.map(({ name }) => name)];
    const seen = entries.filter((entry) => said.includes(entry.toLowerCase())).length;
    if (seen > 0) scores.set(domain, seen * 6);
  }
  for (const { text, weight } of texts) {
    for (const word of wordsOf(text)) {
      const found = formsOf(word)
        .flatMap((form) => domainsOfCue.get(form) ?? [])
        .slice(0, 2);
      for (const domain of found) scores.set(domain, (scores.get(domain) ?? 0) + weight);
    }
  }
  let best = anything;
  for (const domain of domains) {
    if ((scores.get(domain) ?? 0) > (scores.get(best) ?? 0)) best = domain;
  }
  return best;
}

/** A word and what it may be the plural of. */
function formsOf(word: string): string[] {
  if (word.endsWith('ies')) return [word, `${word.slice(0, -3)}y`];
  if (word.endsWith('es')) return [word, word.slice(0, -1), word.slice(0, -2)];
  return word.endsWith('s') ? [word, word.slice(0, -1)] : [word];
}
