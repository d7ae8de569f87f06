import type { Provider } from './provider.ts';
import { hosts } from './table/hosts.ts';
import { modelMakers } from './table/model-makers.ts';
import { ownServers } from './table/own-servers.ts';

/** Providers by the name that stands before the slash of a model. */
export type ProviderTable = ReadonlyMap<string, Provider>;

/** The providers that are known from the start. Each says where it was read, when, and whether recorded replies were read. */
export const providers: ProviderTable = new Map<string, Provider>(
  Object.entries({ ...modelMakers, ...hosts, ...ownServers }),
);
