import { AgentError } from './agent-error.ts';

/** Somebody else changed the session first. Nothing was written: read it again and decide anew. */
export class VersionConflictError extends AgentError {
  override readonly name = 'VersionConflictError';
  readonly code = 'version_conflict';

  readonly sessionId: string;
  readonly expectedVersion: number;
  readonly actualVersion: number;

  constructor(sessionId: string, expectedVersion: number, actualVersion: number) {
    super(
      `session ${JSON.stringify(sessionId.slice(0, 100))} is at version ${actualVersion}, not ${expectedVersion}: somebody else changed it; read it again and repeat`,
    );
    this.sessionId = sessionId;
    this.expectedVersion = expectedVersion;
    this.actualVersion = actualVersion;
  }
}
