import type { AgentReply } from '@pd/agents';
import type { JobData } from '../job.ts';
import type { ShownText } from './shown-text.ts';

/** A message that somebody waits to have answered. */
export interface PendingJob {
  readonly id: string;
  readonly role: string;
  readonly data: JobData;
  readonly sinceMs: number;
  readonly shown: ShownText | undefined;
  /** Whether somebody still waits for it. */
  isWanted: boolean;
  /** Whether Redis is known to have it. */
  isAdded: boolean;
  /** Whether a worker is at it. */
  isActive: boolean;
  /** Whether somebody has been told that nobody takes it. */
  isWarned: boolean;
  /** When it was last heard of. */
  heardMs: number;
  /** Whether its outcome is being dealt with. */
  isSettling: boolean;
  resolve(reply: AgentReply): void;
  reject(error: unknown): void;
}
