import { expect, it } from 'vitest';
import { describeLack } from './describe-lack.ts';

const worker = (roles: string[], agents: Record<string, string>) => ({
  ...{ id: 'w', host: 'h', pid: 1, started_at: '2026-11-23T00:00:00.000Z' },
  ...{ roles, agents },
});
const wanted = { agent_id: 'ada', agent_version: '2' };

it.each([
  [[], 'no_worker_for_role'],
  [[worker(['writer'], { bob: '1' })], 'no_worker_for_role'],
  [[worker(['critic'], { bob: '1' })], 'agent_unknown'],
  [[worker(['critic'], { ada: '1' })], 'other_version'],
  [[worker(['critic'], { ada: '1' }), worker(['critic'], { ada: '2' })], 'all_busy'],
])('of %j: %s', (workers, reason) => {
  expect(describeLack(wanted, 'critic', workers).reason).toBe(reason);
});
