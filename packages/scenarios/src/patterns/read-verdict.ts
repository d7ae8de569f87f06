import type { PatternResult } from './pattern.ts';

/** Whether work is good enough, and what would make it so. */
export interface Judgement {
  passed: boolean;
  feedback: string;
}

/**
 * The verdict in an answer of a critic: of a `CriticAgent`, or of any agent that answers with `{ "passed": …, "feedback": … }`.
 * An answer that is none lets nothing pass, and is the feedback.
 */
export function readVerdict({ content, reply }: PatternResult): Judgement {
  const { passed, feedback, criteria } = Object(reply?.object ?? fromJson(content)) as Record<
    string,
    unknown
  >;
  if (typeof passed !== 'boolean') return { passed: false, feedback: content };
  const unmet = Array.isArray(criteria) ? criteria.filter(({ met }) => met !== true) : [];
  const reasons = unmet.map(({ criterion, reason }) => `- ${criterion}: ${reason}`);
  return { passed, feedback: [...reasons, ...(typeof feedback === 'string' ? [feedback] : [])].join('\n') };
}

/** The value of a text, `undefined` when it is no JSON. */
export function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
