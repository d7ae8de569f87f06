import { createHash } from 'node:crypto';

/** The name of a role's queue. Roles are any text; a queue's name has no colon and should be readable where it can be. */
export function toQueueName(role: string): string {
  if (/^[\w.-]{1,60}$/.test(role)) return `role-${role}`;
  const readable = role.replace(/[^\w.-]+/g, '_').slice(0, 30);
  return `role-${readable}~${createHash('sha256').update(role).digest('base64url').slice(0, 10)}`;
}
