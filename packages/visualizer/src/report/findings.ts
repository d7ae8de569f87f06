import type { Analysis } from '../analysis/analyse.ts';
import type { Loop, LoopStep } from '../analysis/loops.ts';
import type { Change } from '../analysis/what-if.ts';
import { inlineText } from '../markdown/inline-text.ts';
import { formatCost, formatCount, formatDuration, formatShare, plural } from '../text/format.ts';

/** What is worth saying of a run, a sentence each; nothing of what did not occur. */
export function findings(analysis: Analysis): string[] {
  return [
    ...pathFindings(analysis),
    ...whatIfFindings(analysis),
    ...retryFindings(analysis),
    ...loopFindings(analysis),
    ...callFindings(analysis),
    ...cacheFindings(analysis),
    ...silentFindings(analysis),
  ];
}

function pathFindings({ durationMs, path, concurrency }: Analysis): string[] {
  const callMs = path.kinds.find(({ kind }) => kind === 'call')?.ms ?? 0;
  if (durationMs === 0 || callMs === 0) return [];
  const [first] = path.agents;
  const most =
    first === undefined
      ? ''
      : ` ${formatShare(first.callMs + first.otherMs, durationMs)} of it is with ${inlineText(first.agentId)}, more than with any other agent.`;
  const mean = concurrency.mean === undefined ? '' : `, ${concurrency.mean.toFixed(1)} on average`;
  const untimed =
    path.untimedCalls === 0
      ? ''
      : ` ${plural(path.untimedCalls, 'call')} without an end on record could not be considered.`;
  return [
    `The run took ${formatDuration(durationMs)}; ${formatShare(callMs, durationMs)} of its critical path was spent in model calls.${most}${untimed}`,
    `At most ${plural(concurrency.peak, 'call')} at once${mean}; for ${formatDuration(concurrency.idleMs)} (${formatShare(concurrency.idleMs, durationMs)}) none was under way.`,
  ];
}

function whatIfFindings({ whatIf, durationMs }: Analysis): string[] {
  const [best] = whatIf;
  if (best === undefined) return [];
  return [
    `${changeText(best.change)}, the run would have taken about ${formatDuration(best.durationMs)}: ${formatShare(best.savedMs, durationMs)} less.`,
  ];
}

/** A change as the beginning of a sentence. */
export function changeText(change: Change): string {
  switch (change.kind) {
    case 'agent':
      return `With the calls of ${inlineText(change.agentId)} in ${formatShare(change.factor, 1)} of their time`;
    case 'model':
      return `With ${inlineText(`${change.provider}/${change.model}`)} at ${formatShare(change.factor, 1)} of its latency`;
    case 'no_retries':
      return 'Without retries';
  }
}

function retryFindings({ retries }: Analysis): string[] {
  if (retries.attemptsInVain === 0) return [];
  const { lostUsd, lostInputTokens, lostOutputTokens, unpricedAttempts } = retries;
  const tokens = [
    ...(lostInputTokens === undefined ? [] : [`${formatCount(lostInputTokens)} tokens in`]),
    ...(lostOutputTokens === undefined ? [] : [`${formatCount(lostOutputTokens)} tokens out`]),
    ...(lostUsd === undefined ? [] : [formatCost(lostUsd)]),
    ...(unpricedAttempts === 0 ? [] : [`${plural(unpricedAttempts, 'attempt')} without a price`]),
  ];
  const money = tokens.length === 0 ? 'what they cost is not on record' : `they cost ${tokens.join(', ')}`;
  const why = retries.reasons.map(({ reason, attempts }) => `${inlineText(reason)} ×${attempts}`).join(', ');
  return [
    `${plural(retries.attemptsInVain, 'attempt')} came to nothing (${why}): ${formatDuration(retries.lostMs)} under way and ${formatDuration(retries.waitedMs)} of waiting, and ${money}.`,
  ];
}

function loopFindings({ loops }: Analysis): string[] {
  return loops.flatMap((loop) => {
    if (!loop.isSame) return [];
    const where = loop.firstCallId === undefined ? '' : `, from call ${inlineText(loop.firstCallId)} on`;
    return [
      `**Loop:** ${roundText(loop)}, ${loop.rounds} times in a row with the very same ${contentOf(loop)}${where}.`,
    ];
  });
}

function contentOf({ steps }: Loop): string {
  return steps.every(({ kind }) => kind === 'tool') ? 'arguments' : 'content';
}

function roundText({ steps }: Loop): string {
  return steps.map(stepText).join(', ');
}

function stepText(step: LoopStep): string {
  return step.kind === 'tool'
    ? `${inlineText(step.agentId)} asked for ${inlineText(step.tool)}`
    : `${inlineText(step.from)} → ${inlineText(step.to)}`;
}

function callFindings({ truncated, unpriced, slowest, dearest }: Analysis): string[] {
  const [slow] = slowest;
  const [dear] = dearest;
  return [
    ...(slow?.durationMs === undefined
      ? []
      : [
          `The slowest call was call ${slow.ordinal} of ${inlineText(slow.agentId)}: ${formatDuration(slow.durationMs)}.`,
        ]),
    ...(dear?.costUsd === undefined
      ? []
      : [
          `The dearest call was call ${dear.ordinal} of ${inlineText(dear.agentId)}: ${formatCost(dear.costUsd)}.`,
        ]),
    ...(truncated.total === 0 ? [] : [`${replies(truncated.total)} stopped before the end.`]),
    ...(unpriced.total === 0
      ? []
      : [`${plural(unpriced.total, 'call')} without a price: what the run cost is not wholly known.`]),
  ];
}

function cacheFindings({ cache }: Analysis): string[] {
  return [
    ...(cache.rate === undefined
      ? []
      : [
          `${formatShare(cache.rate, 1)} of input tokens came from the provider's cache, over ${plural(cache.calls, 'call')} that say so.`,
        ]),
    ...(cache.cachedReplies === 0
      ? []
      : [`${replies(cache.cachedReplies)} came from the client's own cache.`]),
  ];
}

function silentFindings({ silentAgents, silentAgentCount }: Analysis): string[] {
  if (silentAgentCount === 0) return [];
  const named = silentAgents.map(
    ({ agentId, received }) => `${inlineText(agentId)} (${plural(received, 'message')} received)`,
  );
  const more =
    silentAgentCount > silentAgents.length ? ` and ${silentAgentCount - silentAgents.length} more` : '';
  return [`Asked and said nothing: ${named.join(', ')}${more}.`];
}

function replies(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'reply' : 'replies'}`;
}
