import type { HistoryRule, Verdict } from './dialect.ts';

/** Something in a history that a provider does not take. */
export interface HistoryFinding {
  rule: HistoryRule;
  verdict: Verdict;
  /** Index of the message. */
  index: number;
  /** The call it is about, where it is about one. */
  toolCallId?: string;
  /** What is wrong, and what to do. */
  message: string;
}

/** Takes down a finding, unless the dialect at hand has no such rule. */
export type Report = (rule: HistoryRule, index: number, message: string, toolCallId?: string) => void;
