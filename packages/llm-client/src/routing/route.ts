import type { Cooldowns } from './cooldowns.ts';
import type { Deployment, DeploymentOptions } from './deployment.ts';
import { type Fallback, helpsAfter } from './fallback.ts';

/** One model of a route: the places where it can be asked. */
export interface Leg {
  deployments: readonly Deployment[];
  /** What it stands in after; absent for the model that was asked for. */
  fallback?: Fallback;
}

/**
 * The models of a call in the order they are asked.
 *
 * @throws {UnknownProviderError} for the first that cannot be asked at all
 */
export function toRoute(
  model: string,
  deployments: readonly DeploymentOptions[],
  fallbacks: readonly Fallback[],
  toPlace: (model: string, options: DeploymentOptions) => Deployment,
): Leg[] {
  const places = (name: string, options: readonly DeploymentOptions[]) =>
    options.map((each) => toPlace(name, each));
  return [
    { deployments: places(model, deployments) },
    ...fallbacks.map((fallback) => ({
      deployments: places(fallback.model, fallback.deployments ?? [fallback]),
      fallback,
    })),
  ];
}

/**
 * The deployment to ask next: the first of the order that is not resting, else the one that may be asked soonest.
 *
 * @param from where in the list to begin, so that calls take turns
 */
export function pick(leg: Leg, from: number, cooldowns: Cooldowns, nowMs: number): Deployment {
  const { deployments } = leg;
  const inTurn = deployments.map((_, i) => deployments[(from + i) % deployments.length] as Deployment);
  const [first, ...others] = inTurn;
  if (first === undefined) throw new RangeError('a model needs at least one deployment');
  return others.reduce(
    (best, each) => (cooldowns.until(each, nowMs) < cooldowns.until(best, nowMs) ? each : best),
    first,
  );
}

/** The next model of the route that is to be asked after that failure, by its place. */
export function fallbackAfter(failure: unknown, route: readonly Leg[], from: number): number | undefined {
  const next = route.findIndex(
    ({ fallback }, i) => i > from && fallback !== undefined && helpsAfter(fallback, failure),
  );
  return next === -1 ? undefined : next;
}
