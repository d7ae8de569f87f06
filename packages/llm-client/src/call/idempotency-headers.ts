import { randomUUID } from 'node:crypto';
import type { Deployment } from '../routing/deployment.ts';
import type { Leg } from '../routing/route.ts';

/**
 * Of keys that callers give, whose provider says nothing of them.
 *
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 */
const USUAL_HEADER = 'Idempotency-Key';

/**
 * What goes into a header unchanged. With what we put behind it, it stays within the 255 characters that those take who
 * copied Stripe. @see https://docs.stripe.com/api/idempotent_requests (as quoted in triggerdotdev/trigger.dev#4953, read 2026-11-22)
 */
const KEY = /^[\x21-\x7e]{1,200}(?:-repair-\d{1,5})?$/;

/** A call's id, unless it was made by somebody who may make the same one again elsewhere. */
const RANDOM_ID = /^call_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/**
 * The header by which a server knows the attempts of one call as the same request: one key for each deployment, the same
 * for all attempts there. Another deployment is asked something else, so its key is another one, made from the first by
 * its place in the route.
 *
 * @param own the caller's key; goes to every server. Without one, those that take keys get a random one: that of the call's
 * id, so that a call that goes on in another process is the same request there.
 * @throws {RangeError} for a key that no header can hold
 */
export function createIdempotencyHeaders(
  own: string | undefined,
  route: readonly Leg[],
  callId: string,
): (deployment: Deployment) => Record<string, string> | undefined {
  if (own !== undefined && (typeof own !== 'string' || !KEY.test(own)))
    throw new RangeError(
      `idempotencyKey must be 1 to 200 visible ASCII characters, not ${JSON.stringify(own)?.slice(0, 60)}`,
    );
  let key = own;
  return (deployment) => {
    const { idempotencyHeader } = deployment.entry.capabilities;
    const header = idempotencyHeader ?? (own !== undefined ? USUAL_HEADER : undefined);
    if (header === undefined) return undefined;
    key ??= RANDOM_ID.exec(callId)?.[1] ?? randomUUID();
    const place = route.flatMap(({ deployments }) => deployments).indexOf(deployment);
    return { [header]: place > 0 ? `${key}-${place + 1}` : key };
  };
}
