import { expect, it } from 'vitest';
import { foldText, line } from '../../test/helpers.ts';
import { RunStats } from './run-stats.ts';

function treeOf(durations: readonly number[], status = 'ok') {
  const calls = durations.flatMap((duration_ms, i) => [
    {
      type: 'call.start',
      call_id: `c${i}`,
      agent_id: 'a',
      agent_source: 'explicit',
      operation: 'chat',
      provider: 'p',
      model: 'm',
      messages: [],
    },
    {
      type: 'call.end',
      call_id: `c${i}`,
      status,
      duration_ms,
      usage: { input_tokens: 2, output_tokens: 3, source: 'provider' },
    },
  ]);
  return foldText(calls.map((record, seq) => line({ seq, at: 't', ...record })).join(''));
}

it('adds up runs by agent and by model, with percentiles by nearest rank', () => {
  const stats = new RunStats();
  stats.add(treeOf(Array.from({ length: 60 }, (_, i) => i + 1)));
  stats.add(treeOf(Array.from({ length: 40 }, (_, i) => i + 61)));
  const { runs, agents, models } = stats.report();
  expect(runs).toBe(2);
  expect(agents).toMatchObject([
    {
      name: 'a',
      calls: 100,
      input_tokens: 200,
      unpriced_calls: 100,
      latency_ms: { p50: 50, p95: 95, p99: 99 },
    },
  ]);
  expect(agents[0]?.time_to_first_chunk_ms).toBeUndefined();
  expect(models).toMatchObject([{ name: 'p/m', calls: 100 }]);
});

it('leaves calls that failed out of the latency', () => {
  const stats = new RunStats();
  stats.add(treeOf([1, 1, 1], 'error'));
  stats.add(treeOf([500]));
  expect(stats.report().agents).toMatchObject([{ calls: 4, errors: 3, latency_ms: { p50: 500, p99: 500 } }]);
});
