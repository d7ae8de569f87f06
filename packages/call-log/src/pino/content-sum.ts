import { hash } from 'node:crypto';

/** Tells whether an event came through a pino logger as it went in: its `redact`, serializers and formatters may change it. */
export function contentSum(event: unknown): string {
  return hash('sha256', JSON.stringify(event), 'base64url');
}
