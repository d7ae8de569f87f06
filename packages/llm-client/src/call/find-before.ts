import { currentContext, resolveRunId } from '@pd/call-log/context';
import type { CallNode, CallStart, Usage } from '@pd/call-log/schema';
import type { AttemptOutcome, Gate } from '../gate/gate.ts';
import type { RecordedRun } from '../resume/recorded-run.ts';
import type { BegunCall } from './call-record.ts';
import { addCost, type CostSum } from './sum-cost.ts';
import { sumUsage } from './sum-usage.ts';

/** What an earlier process of the run has done of a call. */
interface Before {
  /** It is over, and its answer can be had. */
  finished?: CallNode;
  /** It was on its way when that process died. */
  inFlight?: CallNode;
  /** Its caller ended it, so that it has no answer. */
  begunBefore?: CallNode;
  /** It has to wait for those on record. */
  isNew: boolean;
}

/** Finds the call in the record of the run that is being resumed, if one is. */
export function findBefore(resume: RecordedRun | undefined, asked: CallStart): Before {
  if (resume === undefined) return { isNew: false };
  const found = resume.call(asked);
  if (found === undefined) return { isNew: true };
  const { state, call } = found;
  if (state === 'in_flight') return { inFlight: call, isNew: false };
  if (state === 'aborted') return { begunBefore: call, isNew: true };
  // Vectors that are not on record have to be asked for once more, or what comes after them could not be.
  return lacksVectors(call) ? { isNew: false } : { finished: call, isNew: false };
}

function lacksVectors({ operation, status, post }: CallNode): boolean {
  return operation === 'embeddings' && status === 'ok' && typeof post?.embeddings?.vectors !== 'string';
}

const NO_USAGE: Usage = { source: 'none' };

/** What the earlier process has paid counts against the budgets of this one. */
export function tellGates(gates: readonly Gate[], call: CallNode | undefined): void {
  if (call === undefined) return;
  for (const { status, usage = NO_USAGE, cost_usd: costUsd } of call.attempts) {
    // Nobody knows what came of it.
    if (status === 'open' || status === 'interrupted') continue;
    const billable = status !== 'error' || usage.source !== 'none';
    const outcome: AttemptOutcome = { status, usage, billable, ...(costUsd !== undefined && { costUsd }) };
    for (const gate of gates) gate.recorded?.(outcome);
  }
}

/** Where a call that was on its way goes on. */
export function toBegun({ id, attempts }: CallNode, asked: CallStart): BegunCall {
  let usage = NO_USAGE;
  let cost: CostSum = { usd: undefined, isPartial: false };
  for (const { usage: used, cost_usd: costUsd } of attempts) {
    if (used === undefined) continue;
    usage = sumUsage(usage, used);
    cost = addCost(cost, { usage: used, costUsd });
  }
  // Its beginning was told to another process, so that this one's log cannot know the run.
  const runId = resolveRunId(asked, currentContext());
  const last = Math.max(0, ...attempts.map(({ number }) => number));
  return { id, attempts: last, usage, cost, runId };
}
