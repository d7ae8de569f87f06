import { statusAt } from '../../text/status.ts';
import type { RunModel } from '../run/run-model.ts';
import type { Compare, NumberField, Query, Term, TextField } from './query.ts';
import { createSearchText, type SearchText } from './search-text.ts';

/** Which calls and messages are wanted: one byte each, 1 for those that are. */
export interface Matches {
  calls: Uint8Array;
  messages: Uint8Array;
}

/** What narrows the view down: all of it has to hold. */
export interface Wanted {
  /** Place of a speaker: only what they did, said or were told. */
  speaker?: number | undefined;
  /** Milliseconds since the run began: what lasts or happens in between. */
  from?: number | undefined;
  to?: number | undefined;
  query: Query;
}

/**
 * Finds what is wanted among the columns, in one pass over them. A word is looked for in ids, names, models and the
 * beginnings of what was said; `findInBodies` looks at the rest.
 */
export function findMatches(run: RunModel, wanted: Wanted): Matches {
  const text = createSearchText(run);
  const { speaker, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, query } = wanted;
  const callTests = query.terms.map((term) => callTest(run, text, term));
  const messageTests = query.terms.map((term) => messageTest(run, text, term));
  const { calls, messages } = run;
  const matches: Matches = {
    calls: new Uint8Array(calls.count),
    messages: new Uint8Array(messages.count),
  };
  for (let index = 0; index < calls.count; index++) {
    const isIn = (calls.start[index] ?? 0) <= to && (calls.end[index] ?? 0) >= from;
    const isTheirs = speaker === undefined || calls.agent[index] === speaker;
    if (isIn && isTheirs && callTests.every((test) => test(index))) matches.calls[index] = 1;
  }
  for (let index = 0; index < messages.count; index++) {
    const at = messages.at[index] ?? 0;
    const isTheirs =
      speaker === undefined || messages.from[index] === speaker || messages.to[index] === speaker;
    if (at >= from && at <= to && isTheirs && messageTests.every((test) => test(index)))
      matches.messages[index] = 1;
  }
  return matches;
}

type Test = (index: number) => boolean;

function callTest(run: RunModel, text: SearchText, term: Term): Test {
  const { calls, names } = run;
  const negate = (test: Test): Test => (term.not ? (index) => !test(index) : test);
  if (term.type === 'text') return negate((index) => text.call(index).includes(term.text));
  if (term.type === 'number') return negate(numberTest(run, term.field, term.compare, term.value));
  const { value } = term;
  const named = names.map(
    term.isExact ? (name) => name === value : (name) => name.toLowerCase().includes(value),
  );
  const speaks = speakersNamed(run, term);
  const isTheirs: Test = (index) => speaks[calls.agent[index] ?? -1] ?? false;
  const tests: Record<TextField, Test> = {
    agent: isTheirs,
    from: isTheirs,
    to: toTest(run, speaks),
    model: (index) => named[calls.model[index] ?? -1] ?? false,
    provider: (index) => named[calls.provider[index] ?? -1] ?? false,
    status: (index) => statusAt(calls.status[index]).startsWith(value.toLowerCase()),
    error: (index) => named[calls.error[index] ?? -1] ?? false,
    tool: toolTest(run, named),
    id: (index) => calls.id[index]?.toLowerCase() === value.toLowerCase(),
  };
  return negate(tests[term.field]);
}

function messageTest(run: RunModel, text: SearchText, term: Term): Test {
  const { messages } = run;
  // What is about a call holds for its messages.
  const call = callTest(run, text, term);
  const ofCall: Test = (index) => {
    const place = messages.call[index] ?? -1;
    return place >= 0 && call(place);
  };
  const negate = (test: Test): Test => (term.not ? (index) => !test(index) : test);
  if (term.type === 'text') return negate((index) => text.message(index).includes(term.text));
  if (term.type === 'number') return ofCall;
  const { value } = term;
  const speaks = speakersNamed(run, term);
  const from: Test = (index) => speaks[messages.from[index] ?? -1] ?? false;
  const to: Test = (index) => speaks[messages.to[index] ?? -1] ?? false;
  const status: Test = (index) =>
    messages.status[index]?.replaceAll('_', ' ').startsWith(value.toLowerCase().replaceAll('_', ' ')) ??
    false;
  switch (term.field) {
    case 'agent':
      return negate((index) => from(index) || to(index));
    case 'from':
      return negate(from);
    case 'to':
      return negate(to);
    case 'status':
      return (index) => negate(status)(index) || ofCall(index);
    case 'id':
      return negate((index) => messages.id[index]?.toLowerCase() === value.toLowerCase());
    default:
      return ofCall;
  }
}

/** Which speakers a term names, by their places. */
function speakersNamed(
  { speakers }: RunModel,
  { value, isExact }: { value: string; isExact: boolean },
): boolean[] {
  if (!isExact) {
    return speakers.map(
      ({ id, label }) => id.toLowerCase().includes(value) || label.toLowerCase().includes(value),
    );
  }
  // An id is one speaker's; names are for those who type.
  const byId = speakers.map(({ id }) => id === value);
  return byId.includes(true)
    ? byId
    : speakers.map(({ label }) => label.toLowerCase() === value.toLowerCase());
}

/** Calls that said something to one of them. */
function toTest({ calls, messages }: RunModel, speaks: readonly boolean[]): Test {
  const wanted = new Uint8Array(calls.count);
  messages.call.forEach((call, index) => {
    if (call >= 0 && speaks[messages.to[index] ?? -1]) wanted[call] = 1;
  });
  return (index) => wanted[index] === 1;
}

function numberTest({ calls }: RunModel, field: NumberField, compare: Compare, value: number): Test {
  const columns: Record<NumberField, (index: number) => number> = {
    cost: (index) => calls.costUsd[index] ?? Number.NaN,
    tokens: (index) => {
      const [input, output] = [
        calls.inputTokens[index] ?? Number.NaN,
        calls.outputTokens[index] ?? Number.NaN,
      ];
      return Number.isNaN(input) ? output : input + (Number.isNaN(output) ? 0 : output);
    },
    duration: (index) => calls.durationMs[index] ?? Number.NaN,
    attempts: (index) => calls.attempts[index] ?? Number.NaN,
  };
  const at = columns[field];
  // What is not known is neither more nor less: comparisons with NaN are false.
  if (compare === '<') return (index) => at(index) < value;
  if (compare === '>') return (index) => at(index) > value;
  return (index) => at(index) === value;
}

function toolTest({ calls, toolCalls }: RunModel, named: readonly boolean[]): Test {
  const wanted = new Uint8Array(calls.count);
  toolCalls.call.forEach((call, index) => {
    if (named[toolCalls.name[index] ?? -1]) wanted[call] = 1;
  });
  return (index) => wanted[index] === 1;
}
