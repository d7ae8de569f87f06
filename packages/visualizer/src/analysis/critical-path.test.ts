import { describe, expect, it } from 'vitest';
import { buildAgent, buildCall, buildMessage, buildTree, timeAt } from '../fixtures/build-tree.ts';
import { criticalPath } from './critical-path.ts';
import { whatIf } from './what-if.ts';

const call = (id: string, from: number, to: number, fields = {}) =>
  buildCall(id, {
    started_at: timeAt(from),
    ended_at: timeAt(to),
    duration_ms: (to - from) * 1000,
    ...fields,
  });

/** The user asks a planner; it asks two workers at once, of whom the slow one holds it up; then it answers. */
function plan() {
  return buildTree({
    agents: [
      buildAgent('user', [], 'person'),
      buildAgent('planner', [call('p1', 2, 5), call('p2', 21, 24)]),
      buildAgent('quick', [call('q1', 6, 9)]),
      buildAgent('slow', [
        call('s1', 6, 10, { tool_calls: [{ id: 't', name: 'look', status: 'ok', duration_ms: 1500 }] }),
        call('s2', 12, 20, {
          attempts: [
            { number: 1, provider: 'openai', started_at: timeAt(12), duration_ms: 3000, status: 'error' },
            {
              number: 2,
              provider: 'openai',
              started_at: timeAt(16),
              duration_ms: 4000,
              waited_ms: 1000,
              status: 'ok',
            },
          ],
        }),
      ]),
    ],
    messages: [
      buildMessage({ from: 'user', to: 'planner', at: timeAt(1) }),
      buildMessage({ from: 'planner', to: 'quick', at: timeAt(5), call_id: 'p1' }),
      buildMessage({ from: 'planner', to: 'slow', at: timeAt(5), call_id: 'p1' }),
      buildMessage({ from: 'quick', to: 'planner', at: timeAt(9), call_id: 'q1' }),
      buildMessage({ from: 'slow', to: 'planner', at: timeAt(20), call_id: 's2' }),
      buildMessage({ from: 'planner', to: 'user', at: timeAt(24), call_id: 'p2' }),
    ],
  });
}

describe('criticalPath', () => {
  it('goes through whoever held the run up, and names what the time between was', () => {
    const steps = criticalPath(plan()).steps.map(
      ({ kind, agentId, callId, durationMs }) => `${kind} ${agentId ?? ''} ${callId ?? ''} ${durationMs}`,
    );
    expect(steps).toEqual([
      'start user  1000',
      'work planner  1000',
      'call planner p1 3000',
      'work slow  1000',
      'call slow s1 4000',
      'tools slow s1 1500',
      'work slow s1 500',
      'call slow s2 8000',
      'work planner  1000',
      'call planner p2 3000',
      'end   36000',
    ]);
  });

  it('says what of a call was waiting', () => {
    expect(
      criticalPath(plan()).steps.find(({ callId, kind }) => kind === 'call' && callId === 's2')?.waitedMs,
    ).toBe(1000);
  });
});

describe('whatIf', () => {
  it.each([
    [{ kind: 'agent', agentId: 'slow', factor: 0.5 }, 6000],
    [{ kind: 'agent', agentId: 'quick', factor: 0 }, 0],
    // Where the quick one becomes what the planner waits for, no more is saved.
    [{ kind: 'agent', agentId: 'slow', factor: 0 }, 11_000],
    [{ kind: 'agent', agentId: 'quick', factor: 6 }, -4000],
    // Of s2 its attempts, not the wait between them.
    [{ kind: 'model', provider: 'openai', model: 'gpt-5-mini', factor: 0.5 }, 8500],
    [{ kind: 'no_retries' }, 4000],
  ] as const)('%j saves %d ms', (change, savedMs) => {
    expect(whatIf(plan(), change).savedMs).toBe(savedMs);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuses a factor of %d', (factor) => {
    expect(() => whatIf(plan(), { kind: 'agent', agentId: 'slow', factor })).toThrowError(
      expect.objectContaining({ code: 'invalid_factor' }),
    );
  });
});
