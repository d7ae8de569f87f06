import { CriticAgent, ExecutorAgent, HumanAgent, PlannerAgent } from '@pd/agents';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { describe, expect, it } from 'vitest';
import { failing, faultsOf, play, rows, saying, scripted } from '../../test/patterns-support.ts';
import { record } from '../../test/support.ts';
import { InvalidScenarioError, planExecuteReview, streamPattern } from '../index.ts';

const step = (id: string, dependsOn: string[] = [], owner?: string) => ({
  id,
  task: `do ${id}`,
  dependsOn,
  ...(owner && { owner }),
});
const plan = (...steps: object[]) => ({ steps });
const report = (status: string, summary: string) => ({ content: summary, object: { status, summary } });

describe('planExecuteReview', () => {
  it('does independent steps at the same time, and those that depend on them with their results', async () => {
    const both = Promise.withResolvers<void>();
    const a = saying('a', async () => {
      await both.promise;
      return 'A';
    });
    const b = saying('b', ({ content }) => {
      both.resolve();
      return content.includes('do y') ? 'B' : content;
    });
    const planner = scripted(
      'planner',
      plan(step('z', ['x', 'y'], 'b'), step('x', [], 'a'), step('y', [], 'b')),
    );
    const { outcome, ...recorded } = await play(planExecuteReview({ planner, executors: [a, b] }));
    expect(outcome).toMatchObject({
      reason: 'done',
      from: 'b',
      content: 'Goal of the plan: the task\n\nDone before:\n- x: A\n- y: B\n\nYour step: do z',
    });
    expect(rows(recorded).map(([from, to]) => [from, to])).toEqual([
      ['user', 'planner'],
      ['planner', 'a'],
      ['planner', 'b'],
      ['a', 'b'],
      ['planner', 'b'],
      ['b', 'user'],
    ]);
    expect(faultsOf(recorded.tree)).toEqual([]);
  });

  it('makes a new plan when the critic is not content, or does the same steps again', async () => {
    for (const onRejected of ['replan', 'redo'] as const) {
      const critic = scripted('critic', { passed: false, feedback: 'More.' }, { passed: true, feedback: '' });
      const planner = scripted('planner', plan(step('x')), plan(step('y')));
      const worker = saying(
        'w',
        ({ content }) => `${/do (\w)/.exec(content)?.[1]}${content.includes('More.')}`,
      );
      const { outcome, ...recorded } = await play(
        planExecuteReview({ planner, executors: [worker], critic, onRejected }),
      );
      expect(outcome).toMatchObject({
        reason: 'done',
        content: onRejected === 'replan' ? 'yfalse' : 'xtrue',
      });
      const path = rows(recorded).map(([from, to]) => `${from} ${to}`);
      expect(path).toContain(onRejected === 'replan' ? 'critic planner' : 'critic w');
      expect(faultsOf(recorded.tree)).toEqual([]);
    }
  });

  it('ends with what there is when no plan can be carried out', async () => {
    const executors = [scripted('a', 'A')];
    for (const [given, detail] of [
      [plan(), 'the plan has no steps'],
      [plan(step('x', ['y']), step('y', ['x'])), 'these steps wait for each other: x, y'],
      [plan(step('x', [], 'nobody')), 'step x is for nobody, and nobody has that id or role'],
      [plan(step('x', ['z'])), 'x depends on z, which is no step'],
      [plan({ id: 'x' }), /step 1 needs an id and a task/],
      ['no plan at all', /no list of steps/],
    ] as const) {
      const { outcome, tree } = await play(
        planExecuteReview({ planner: scripted('p', given), executors, maxRounds: 2 }),
      );
      expect(outcome).toMatchObject({
        reason: 'no_plan',
        detail: typeof detail === 'string' ? detail : expect.stringMatching(detail),
        turns: 2,
      });
      expect(faultsOf(tree)).toEqual([]);
    }
  });

  it('tells the planner of steps that failed, and skips those behind them', async () => {
    const planner = scripted(
      'planner',
      plan(step('x', [], 'bad'), step('y', ['x'], 'good')),
      plan(step('z', [], 'good')),
    );
    const { outcome, ...recorded } = await play(
      planExecuteReview({ planner, executors: [failing('bad'), scripted('good', 'G')] }),
    );
    expect(outcome).toMatchObject({ reason: 'done', content: 'G', turns: 3 });
    expect(rows(recorded)).toContainEqual([
      'bad',
      'planner',
      'Goal: the task\n\nstep x has failed: bad has failed: broken\n\nMake another plan.',
      'handled',
    ]);
    const never = planExecuteReview({
      planner: scripted('p', plan(step('x'))),
      executors: [failing('bad')],
      maxRounds: 2,
    });
    expect((await play(never)).outcome).toMatchObject({
      reason: 'step_failed',
      detail: 'step x has failed: bad has failed: broken',
    });
  });

  it('asks the person who is there for help, and waits where nobody is', async () => {
    const planner = scripted('planner', plan(step('x')));
    const needy = () =>
      saying('w', ({ content }) =>
        content.includes('Blue.') ? report('success', 'painted blue') : report('need_help', 'Which colour?'),
      );
    const person = new HumanAgent({ id: 'ann', ask: () => 'Blue.' });
    const helped = await play(planExecuteReview({ planner, executors: [needy()], person }));
    expect(helped.outcome).toMatchObject({ reason: 'done', content: 'painted blue' });
    expect(
      rows(helped)
        .map(([from, to]) => `${from} ${to}`)
        .slice(2),
    ).toEqual(['w ann', 'ann w', 'w user']);
    const alone = await play(planExecuteReview({ planner, executors: [needy()] }));
    expect(alone.outcome).toMatchObject({
      reason: 'waiting',
      detail: 'w needs help with step x: Which colour?',
    });
    const asking = saying('w', () => report('need_help', 'And now?'));
    const options = { executors: [asking], person, maxQuestions: 2, maxRounds: 1 };
    expect((await play(planExecuteReview({ planner, ...options }))).outcome).toMatchObject({
      reason: 'step_failed',
      detail: 'step x has failed: still needs help after 2 answers: And now?',
    });
    for (const { tree } of [helped, alone]) expect(faultsOf(tree)).toEqual([]);
  });

  it('gives steps of a role, and steps of nobody, to those there are in turn', async () => {
    const planner = scripted(
      'p',
      plan(step('a', [], 'coder'), step('b', [], 'coder'), step('c', [], 'coder')),
    );
    const coder = (id: string) => saying(id, () => id, 'coder');
    const { outcome } = await play(
      planExecuteReview({ planner, executors: [coder('one'), scripted('x', 'x'), coder('two')] }),
    );
    expect(outcome?.content).toBe('one:\none\n\ntwo:\ntwo\n\none:\none');
  });

  it('works with models: every call and every message is under its cause', async () => {
    await using server = await startOfflineServer();
    const { tree, error } = await record((logger) => {
      const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger });
      const executors = ['left', 'right'].map((id) => new ExecutorAgent({ id, client }));
      const planner = new PlannerAgent({ id: 'planner', client, owners: executors });
      const critic = new CriticAgent({ id: 'critic', client, criteria: ['It names figures.'] });
      return streamPattern(
        planExecuteReview({ planner, executors, critic, maxRounds: 2 }),
        'Plan a bridge.',
        { logger },
      );
    });
    expect(error).toBeUndefined();
    expect(faultsOf(tree)).toEqual([]);
    expect(tree.messages.filter(({ from, call_id }) => from !== 'user' && call_id === undefined)).toEqual([]);
    expect(tree.run.totals.calls).toBe(server.totals.requests);
  });

  it('refuses what makes no sense', () => {
    const planner = scripted('p', '');
    const executors = [scripted('a', '')];
    for (const wrong of [
      undefined,
      { planner },
      { executors },
      { planner, executors: [] },
      { planner, executors, critic: {} },
      { planner, executors, maxRounds: 0 },
      { planner, executors, onRejected: 'cry' },
    ])
      expect(() => planExecuteReview(wrong as never)).toThrow(InvalidScenarioError);
  });
});
