import type { JobOutcome } from '../job.ts';

type Failure = Extract<JobOutcome, { status: 'error' }>['error'];

/** Longest message that is passed on, in UTF-16 units. */
const LONGEST = 4_000;

/** What is passed on of what an agent threw, whatever it was. */
export function toRemoteFailure(thrown: unknown): Failure {
  if (!(thrown instanceof Error)) return { name: 'Error', message: inWords(thrown) };
  const { name, message } = thrown;
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;
  const callId = 'callId' in thrown && typeof thrown.callId === 'string' ? thrown.callId : undefined;
  return {
    name: String(name).slice(0, 200),
    message: String(message).slice(0, LONGEST),
    ...(code !== undefined && { code }),
    ...(callId !== undefined && { call_id: callId }),
  };
}

function inWords(thrown: unknown): string {
  try {
    return String(thrown).slice(0, LONGEST);
  } catch {
    return 'something that has no text';
  }
}
