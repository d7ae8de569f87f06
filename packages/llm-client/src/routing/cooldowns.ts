import type { Deployment } from './deployment.ts';

/**
 * Deployments that have failed and are left alone for a while, so that the next calls do not run into the same wall.
 * Shared by all calls of a client.
 */
export class Cooldowns {
  readonly #until = new Map<string, number>();

  /** @param untilMs on the client's monotonic clock; an earlier end does not shorten a later one */
  rest(deployment: Deployment, untilMs: number): void {
    const key = keyOf(deployment);
    this.#until.set(key, Math.max(untilMs, this.#until.get(key) ?? 0));
  }

  /** It works again. */
  clear(deployment: Deployment): void {
    this.#until.delete(keyOf(deployment));
  }

  /** When it may be asked again, on the same clock; 0 when it may be now. */
  until(deployment: Deployment, nowMs: number): number {
    const until = this.#until.get(keyOf(deployment)) ?? 0;
    return until > nowMs ? until : 0;
  }
}

function keyOf({ baseURL, model, apiKey = '' }: Deployment): string {
  return JSON.stringify([baseURL, model, apiKey]);
}
