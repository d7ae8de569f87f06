import { isContentWord, wordsOf } from './keywords.ts';

const cutAt =
  /\s+(?:without|while|so that|in order|even if|although|because|given|considering|please|within|using|if|when|but)\s/i;
const longestTopic = 9;

/**
 * What a conversation is about, as a phrase that can follow "the question of": "making a city quieter",
 * "whether we should ban cars", "night buses". `undefined` when the text does not tell.
 */
export function topicOf(prose: string): string | undefined {
  for (const [pattern, toTopic] of patterns) {
    const match = pattern.exec(prose);
    const topic = match === null ? undefined : toTopic(...match.slice(1).map((group) => tidy(group ?? '')));
    if (topic !== undefined && wordsOf(topic).some(isContentWord)) return addressed(topic);
  }
  return undefined;
}

type Pattern = readonly [RegExp, (...groups: string[]) => string | undefined];

const rest = '([^.?!;:,\\n—“”]+)';
const phrase = (before: string) => new RegExp(`${before}\\s+${rest}`, 'iu');

const modals = 'can|could|should|would|will|might|must';
const subject = "[\\p{L}'’-]+(?:\\s+[\\p{L}'’-]+){0,4}?";
// Enough common verbs to tell where the subject of a question ends.
const verbs =
  'be|have|do|make|keep|get|find|build|design|plan|learn|teach|use|work|help|write|read|talk|speak|share|spend|save|pay|charge|choose|decide|start|stop|change|grow|live|sleep|eat|cook|buy|sell|ban|allow|support|reduce|improve|measure|handle|deal|become|run|go|come|take|give|store|organise|organize|move|protect|prevent|solve|create|replace|remember|forget|think|know|look|deliver|treat|trust|test|log|record|agree|own|care|celebrate|replace|close|open|vote|play|avoid|fund|regulate|abolish';

// In order of certainty. The first is what this engine's own openings say, so that a topic survives when one
// side of a conversation sees only what the other side made of it.
const patterns: readonly Pattern[] = [
  [phrase('\\bquestion of'), asIs],
  [
    phrase(
      '\\bhow\\s+(?:to|(?:can|could|do|should|might|would|shall|will|may)\\s+(?:we|i|you|one|people|they|a person))',
    ),
    gerund,
  ],
  [phrase('\\b(?:best|good|right|better|easiest|smartest|new)\\s+ways?\\s+(?:to|of)'), gerund],
  [phrase('\\bway\\s+to'), gerund],
  [
    /\b(?:topic|subject|question|task)\s*(?:is|:)\s*([^?!;,\n—“”.]+)/iu,
    (text) => topicOf(`${text}?`) ?? asIs(text),
  ],
  [phrase('\\b(?:help\\s+(?:me|us)(?:\\s+to)?|(?:want|need|like|trying|plan|hope)\\s+to)'), gerund],
  [
    phrase(
      '\\b(?:discuss|debate|consider|explore|(?:talk|think|argue|chat|brainstorm|write|thoughts)\\s+about|ideas\\s+for)',
    ),
    asIs,
  ],
  [
    /^\s*(?:please\s+|let['’]?s\s+|let us\s+)?((?:design|plan|invent|build|create|improve|write|imagine|organi[sz]e|describe|explain|make|develop|propose|find|fix|solve|reduce|prepare)\s[^.?!;:,\n—“”]+)/iu,
    gerund,
  ],
  [
    new RegExp(`\\bhow\\s+(${modals}|do)\\s+(${subject})\\s+((?:${verbs})\\b[^.?!;:,\\n—“”]*)`, 'iu'),
    (modal = '', who = '', verb = '') => clause('how', who, modal, verb),
  ],
  [
    new RegExp(`(?:^|[.!?\\n])[ \\t]*(${modals})\\s+(${subject})\\s+((?:${verbs})\\b[^.?!;:,\\n—“”]*)`, 'iu'),
    (modal = '', who = '', verb = '') => clause('whether', who, modal, verb),
  ],
  [
    new RegExp(
      `(?:^|[.!?\\n])[ \\t]*(${modals})\\s+(we|i|you|they|one|people|everyone|everybody)\\s+${rest}`,
      'iu',
    ),
    (modal = '', who = '', verb = '') => clause('whether', who, modal, verb),
  ],
  [phrase('\\bhow\\s+do'), (text) => `how ${text}`],
  [phrase('\\bwhy\\s+do'), (text) => `why ${text}`],
  [phrase('\\bwhat\\s+makes'), (text) => `what makes ${text}`],
  [/\bwhat\s+(?:is|are|about)\s+((?:the|a|an|our|your)?\s*[^.?!;:,\n—“”]+)/iu, asIs],
];

function clause(opener: string, subjectWords: string, modal: string, rest: string): string {
  const who = /^i$/i.test(subjectWords) ? 'I' : subjectWords;
  return modal.toLowerCase() === 'do'
    ? `${opener} ${who} ${rest}`
    : `${opener} ${who} ${modal.toLowerCase()} ${rest}`;
}

function asIs(text = ''): string | undefined {
  return /^\w+ing\b|^(?:the|a|an|what|whether|how|why|our|your|my)\b/i.test(text) || wordsOf(text).length <= 5
    ? text || undefined
    : undefined;
}

function gerund(text = ''): string | undefined {
  const [verb = '', ...others] = text.split(' ');
  if (verb === '' || !/^[a-z]+$/i.test(verb)) return undefined;
  if (others.length > 0 && !wordsOf(others.join(' ')).some(isContentWord)) return undefined;
  return [toGerund(verb.toLowerCase()), ...others].join(' ');
}

/** make → making, run → running, tie → tying, see → seeing. */
export function toGerund(verb: string): string {
  if (verb === 'be') return 'being';
  if (verb.endsWith('ie')) return `${verb.slice(0, -2)}ying`;
  if (verb.endsWith('e') && !/(?:ee|oe|ye)$/.test(verb)) return `${verb.slice(0, -1)}ing`;
  const doubled =
    /^[^aeiou]*[aeiou][bdgklmnprt]$/.test(verb) || /(?:begin|forget|admit|commit|prefer)$/.test(verb);
  return doubled && !/[aeiou]{2}.$/.test(verb) ? `${verb}${verb.at(-1)}ing` : `${verb}ing`;
}

function tidy(text: string): string {
  const short = text.replace(/\s+/g, ' ').trim().split(cutAt, 1)[0] ?? '';
  const words = short.split(' ');
  if (words.length <= longestTopic) return short;
  return words
    .slice(0, longestTopic)
    .join(' ')
    .replace(/(?:\s+(?:of|the|a|an|to|in|on|and|or|for|with|that|at|by|from))+$/i, '');
}

/** The other side's "my" is our "your". */
function addressed(topic: string): string {
  return topic
    .replace(/\bmy\b/gi, 'your')
    .replace(/\bmyself\b/gi, 'yourself')
    .replace(/\b(?:I['’]?m|I am)\b/g, 'you are')
    .replace(/\b(?:me|I)\b/g, 'you');
}
