import { UsageError } from '../errors/usage-error.ts';
import type { RunDiff } from './run-diff.ts';

const DIFFERENCES = ['any', 'topology', 'calls', 'messages', 'prompts', 'replies', 'status'] as const;
const MEASURES = ['cost', 'tokens', 'latency', 'duration', 'errors'] as const;
type Difference = (typeof DIFFERENCES)[number];
type Measure = (typeof MEASURES)[number];

/** One condition on a comparison. */
export type Condition =
  | { kind: 'difference'; text: string; of: Difference }
  | { kind: 'growth'; text: string; of: Measure; amount: number; isPercent: boolean };

/** What came of a condition; `unknown` where the record does not hold what would have to be compared. */
export interface Verdict {
  condition: string;
  outcome: 'holds' | 'does_not_hold' | 'unknown';
  /** What was found, in a sentence. */
  because: string;
}

/** What the help says of the grammar. */
export const FAIL_ON_HELP = `conditions, with commas between
                       what differs: ${DIFFERENCES.join(', ')}
                       what has grown: ${MEASURES.join(', ')}; by more than: cost>10%,
                       cost>0.05 (US dollars), tokens>500, latency>250ms (the median
                       call), duration>2s (the run), errors>1
`;

/** What an amount of each measure may be given in, and how much of the measure's own unit that is. */
const UNITS: Record<Measure, ReadonlyMap<string, number>> = {
  cost: new Map([['', 1]]),
  tokens: new Map([['', 1]]),
  latency: new Map([
    ['ms', 1],
    ['s', 1000],
  ]),
  duration: new Map([
    ['ms', 1],
    ['s', 1000],
  ]),
  errors: new Map([['', 1]]),
};

/**
 * Reads conditions such as `topology,cost>10%,errors`:
 *
 * ```
 * conditions = condition { "," condition }
 * condition  = difference | measure [ ">" amount ]
 * difference = "any" | "topology" | "calls" | "messages" | "prompts" | "replies" | "status"
 * measure    = "cost" | "tokens" | "latency" | "duration" | "errors"
 * amount     = number ( "%" | unit )
 * ```
 *
 * A measure without an amount holds when it has grown at all.
 *
 * @throws {UsageError} saying what is allowed
 */
export function parseConditions(text: string): Condition[] {
  return text.split(',').map((part) => parseCondition(part.trim()));
}

function parseCondition(text: string): Condition {
  const [, name = text, amountText] = /^([a-z]+)\s*(?:>\s*(.*))?$/s.exec(text) ?? [];
  const difference = DIFFERENCES.find((one) => one === name);
  if (difference !== undefined && amountText === undefined)
    return { kind: 'difference', text, of: difference };
  if (difference !== undefined)
    throw new UsageError(
      `--fail-on ${difference} is so or not, without an amount: not ${JSON.stringify(text)}`,
    );
  const measure = MEASURES.find((one) => one === name);
  if (measure === undefined) {
    const allowed = [...DIFFERENCES, ...MEASURES].join(', ');
    throw new UsageError(`--fail-on is made of ${allowed}, such as cost>10%; not ${JSON.stringify(text)}`);
  }
  if (amountText === undefined) return { kind: 'growth', text, of: measure, amount: 0, isPercent: true };
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*(%|[a-z]*)$/.exec(amountText) ?? [];
  const factor = unit === '%' ? 1 : UNITS[measure].get(unit);
  if (digits === '' || factor === undefined) {
    const units = [...UNITS[measure].keys()].map((each) => `${measure}>5${each}`).join(' or ');
    throw new UsageError(
      `--fail-on ${measure} takes ${measure}>10% or ${units}, not ${JSON.stringify(text)}`,
    );
  }
  return { kind: 'growth', text, of: measure, amount: Number(digits) * factor, isPercent: unit === '%' };
}

/** Holds conditions against a comparison, in their order. */
export function judge(diff: RunDiff, conditions: readonly Condition[]): Verdict[] {
  return conditions.map((condition) => ({
    condition: condition.text,
    ...(condition.kind === 'difference' ? judgeDifference(diff, condition.of) : judgeGrowth(diff, condition)),
  }));
}

function judgeDifference(diff: RunDiff, of: Difference): Omit<Verdict, 'condition'> {
  const { calls, messages, prompts, replies, topology } = diff;
  const counts: Record<Difference, () => [number, string]> = {
    any: () => [diff.isSame ? 0 : 1, diff.isSame ? 'nothing differs' : 'the runs differ'],
    topology: () => {
      const changes = Object.values(topology).reduce((sum, { length }) => sum + length, 0);
      return [changes, `${changes} nodes and edges of the graph differ`];
    },
    calls: () => {
      const count = calls.changed + calls.removed + calls.added;
      return [count, `${calls.changed} calls changed, ${calls.removed} removed, ${calls.added} added`];
    },
    messages: () => [
      messages.removed + messages.added,
      `${messages.removed} messages removed, ${messages.added} added`,
    ],
    prompts: () => [prompts.changed, `${prompts.changed} calls sent another conversation`],
    replies: () => [replies.changed, `${replies.changed} calls were answered otherwise`],
    status: () => [diff.a.status === diff.b.status ? 0 : 1, `a is ${diff.a.status}, b is ${diff.b.status}`],
  };
  const [count, because] = counts[of]();
  return { outcome: count > 0 ? 'holds' : 'does_not_hold', because };
}

/** What is known of a measure: it is `least`, or more if some of it is unknown. */
interface Known {
  least: number;
  isWhole: boolean;
}

function judgeGrowth(
  diff: RunDiff,
  { of, amount, isPercent }: Condition & { kind: 'growth' },
): Omit<Verdict, 'condition'> {
  // The same tokens of the same models cost the same, even where nobody knows how much.
  if (diff.isSame && (of === 'cost' || of === 'tokens' || of === 'errors'))
    return { outcome: 'does_not_hold', because: 'nothing differs' };
  const [a, b] = [knownOf(diff, 'a', of), knownOf(diff, 'b', of)];
  const limit = isPercent ? a.least * (1 + amount / 100) : a.least + amount;
  const because = `${of} went from ${shown(a)} to ${shown(b)}`;
  // More than enough whatever the unknown part is; or not enough whatever it is.
  if (a.isWhole && b.least > limit) return { outcome: 'holds', because };
  if (b.isWhole && b.least <= limit) return { outcome: 'does_not_hold', because };
  const where = [...(a.isWhole ? [] : ['a']), ...(b.isWhole ? [] : ['b'])].join(' and ');
  return { outcome: 'unknown', because: `${because}; the ${of} of ${where} is not wholly on record` };
}

function knownOf(diff: RunDiff, side: 'a' | 'b', of: Measure): Known {
  const total = diff.total[side];
  switch (of) {
    case 'cost':
      return { least: total.costUsd ?? 0, isWhole: total.unpricedCalls === 0 };
    case 'tokens':
      return {
        least: (total.inputTokens ?? 0) + (total.outputTokens ?? 0),
        isWhole: total.uncountedCalls === 0,
      };
    case 'latency':
      return { least: total.medianMs ?? 0, isWhole: total.medianMs !== undefined || total.calls === 0 };
    case 'duration':
      return { least: diff[side].durationMs, isWhole: diff[side].status !== 'running' };
    case 'errors':
      return { least: total.errors, isWhole: true };
  }
}

function shown({ least, isWhole }: Known): string {
  const digits = String(Number(least.toPrecision(6)));
  if (isWhole) return digits;
  return least === 0 ? 'unknown' : `at least ${digits}`;
}
