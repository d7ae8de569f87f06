import type { CallNode, RunTree } from '@pd/call-log/schema';
import type { CallDifference } from './compare-call.ts';
import type { MessagesDiff } from './compare-messages.ts';
import type { Compared } from './measure.ts';
import type { TopologyDiff } from './topology.ts';
import type { WordDiff } from './word-diff.ts';

/** One of the runs that are compared. */
export interface RunSide {
  runId: string;
  name?: string;
  status: RunTree['run']['status'];
  /** From the first to the last time on record, in milliseconds. */
  durationMs: number;
}

/** A call in its run. */
export interface DiffCall {
  callId: string;
  /** Which of its agent's calls, from 1. */
  ordinal: number;
  status: CallNode['status'];
  /** ISO 8601 UTC. */
  startedAt: string;
}

/** A call that is not the same in both runs, or is in one of them only. */
export interface DivergentCall {
  kind: 'changed' | 'removed' | 'added';
  agentId: string;
  a?: DiffCall;
  b?: DiffCall;
  /** In the order in which they are compared: the request first. Of a removed or added call, none. */
  differences: CallDifference[];
  /** The replies word by word, where both have one and they differ. */
  reply?: WordDiff;
}

/** The system prompt of an agent, which the runs do not share. */
export interface SystemPromptDiff {
  agentId: string;
  words: WordDiff;
}

/** How two runs differ; `a` is the first of them, `b` the second. Data that JSON can hold. */
export interface RunDiff {
  /** Whether nothing differs that does not always differ between two executions. */
  isSame: boolean;
  a: RunSide;
  b: RunSide;
  calls: { same: number; changed: number; removed: number; added: number };
  /** The call with which it began: the earliest of `divergent`. */
  firstDivergence?: DivergentCall;
  /** Calls that are not the same, in the order of time of the first run; at most as many as asked for. */
  divergent: DivergentCall[];
  topology: TopologyDiff;
  messages: MessagesDiff;
  prompts: {
    /** Corresponding calls whose conversations differ. */
    changed: number;
    /** Agents whose first system prompts differ, at most as many as asked for. */
    system: SystemPromptDiff[];
  };
  replies: {
    /** Corresponding calls whose replies differ. */
    changed: number;
  };
  total: Required<Compared>;
  /** By agent, in order of id. */
  agents: (Compared & { agentId: string })[];
  /** By the model that was asked for, in order of provider and name. */
  models: (Compared & { provider: string; model: string })[];
}
