import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';
import { findGraphFaults, type Graph } from './find-graph-faults.ts';

/** As many faults as are worth reading at once. */
const NAMED = 10;

/**
 * Looks at a graph before anybody speaks.
 *
 * @throws {InvalidScenarioError} for what {@link findGraphFaults} finds; the message names the nodes
 */
export function checkGraph(graph: Graph): void {
  const faults = findGraphFaults(graph);
  if (faults.length === 0) return;
  const more = faults.length > NAMED ? `; and ${faults.length - NAMED} more` : '';
  const named = faults.slice(0, NAMED).map(({ message }) => message);
  throw new InvalidScenarioError(`the graph cannot be gone through: ${named.join('; ')}${more}`);
}
