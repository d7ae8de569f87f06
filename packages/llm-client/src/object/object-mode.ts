import type { Leg } from '../routing/route.ts';
import type { ObjectMode } from './object-request.ts';

/** The best way to ask for an object that every model of a route understands, for its request goes to any of them. */
export function objectModeOf(route: readonly Leg[]): ObjectMode {
  const all = route.flatMap(({ deployments }) => deployments).map(({ entry }) => entry.capabilities);
  if (all.every(({ structuredOutput }) => structuredOutput === 'native')) return 'native';
  return all.every(({ structuredOutput, tools }) => tools && structuredOutput !== 'prompt')
    ? 'tool'
    : 'prompt';
}
