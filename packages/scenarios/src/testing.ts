/** For tests of scenarios: many seeds, faults on the way of messages. */
export {
  createMessageFaults,
  type MessageFaults,
  type MessageFaultsOptions,
} from './faults/create-message-faults.ts';
export { type SimulateOptions, simulate, type Trial } from './testing/simulate.ts';
export { SimulationError } from './testing/simulation-error.ts';
