import { expect } from 'vitest';
import { expectSame } from './recorded-runs.ts';
import type { Traced } from './traced-openai.ts';

/** What holds for both instrumentations of the `openai` SDK, and what neither can tell. */
export function expectTraced({ exchanges, processed, exported }: Traced): void {
  // Neither ends the span of a request that fails: nothing but the server knows of it.
  const told = exchanges.filter(({ status }) => status === 200);
  expect(exchanges.map(({ status }) => status)).toEqual([200, 200, 200, 200, 500]);
  // Neither reads the usage that a stream ends with.
  const streams = processed.calls.filter(({ usage }) => usage?.source === 'none');
  expect(streams.map(({ pre }) => pre.model)).toEqual(['m3']);
  const whole = told.filter(({ model }) => model !== 'm3');
  for (const { tree, calls } of [processed, exported]) {
    expectSame(
      calls.filter(({ pre }) => pre.model !== 'm3'),
      whole,
    );
    expect(tree.run).toMatchObject({ name: 'program', status: 'completed' });
    expect(calls.find(({ pre }) => pre.model === 'm3')).toMatchObject({
      status: 'ok',
      sent: [{ role: 'user', content: 'word by word' }],
      post: { finish_reason: 'stop', message: { content: 'You said: word by word' } },
    });
  }
  // Only the processor sees the code that began a span; no span of theirs names an agent.
  expect(processed.calls.map(({ owner, pre }) => `${owner} ${pre.model}`).sort()).toEqual([
    'forecaster m1',
    'forecaster m1',
    'greeter m2',
    'unknown_agent m3',
  ]);
  expect(new Set(exported.calls.map(({ owner }) => owner))).toEqual(new Set(['unknown_agent']));
}
