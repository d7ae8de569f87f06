import type { Participant } from '../../coordinator/participant.ts';

/**
 * Who asks where nobody else does: one who has spoken last is asked to go on, and nobody writes to itself. It takes part from
 * the first time that it is needed, under this id.
 */
export const MODERATOR: Participant = { id: 'moderator', role: 'moderator', handle: () => undefined };

/** What somebody is told who has spoken last and is next again. */
export const GO_ON = 'Please go on.';
