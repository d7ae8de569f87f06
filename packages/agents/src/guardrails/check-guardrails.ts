import { InvalidAgentError } from '../errors/invalid-agent-error.ts';
import type { Guardrail, Guardrails } from './guardrail.ts';

const MOST_RETRIES = 100;

/** @throws {InvalidAgentError} for one that checks nothing: it would let everything pass, or nothing */
export function checkGuardrails(guardrails: Guardrails): Guardrails {
  const { input = [], output = [], maxRetries = 0 } = guardrails;
  if (!Number.isInteger(maxRetries) || maxRetries < 0 || maxRetries > MOST_RETRIES)
    throw new InvalidAgentError(
      `guardrails.maxRetries must be a whole number from 0 to ${MOST_RETRIES}, got ${String(maxRetries)}`,
    );
  for (const each of [...input, ...output])
    if (!isGuardrail(each))
      throw new InvalidAgentError(
        'a guardrail must be a function, a schema, or { name, check } with one of them',
      );
  return guardrails;
}

function isGuardrail(given: Guardrail | undefined): boolean {
  if (typeof given === 'function') return true;
  if (typeof given !== 'object' || given === null) return false;
  if ('~standard' in given) return true;
  return (
    typeof given.name === 'string' &&
    (typeof given.check === 'function' || '~standard' in Object(given.check))
  );
}
