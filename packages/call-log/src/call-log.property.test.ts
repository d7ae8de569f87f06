import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createCallLog } from './call-log.ts';
import { readTree } from './reader/read-tree.ts';
import { callEndingSchema } from './schema/common.ts';
import type { LogEvent } from './schema/logger-events.ts';
import type { CallNode, RunTree, Totals } from './schema/tree.ts';

// Few of each, so that they meet: starts twice, ends twice, ends without a start, in runs that are not theirs.
const call_id = fc.constantFrom('c1', 'c2', 'c3');
const number = fc.constantFrom(1, 2);
const tool_call_id = fc.constantFrom('t1', 't2');
const run_id = fc.constantFrom('main', 'other');
const status = fc.constantFrom(...callEndingSchema.options);
const served = { provider: fc.constant('p'), model: fc.constant('m') };
// Of binary fractions, so that sums do not depend on their order.
const cost_usd = fc.nat(1024).map((n) => n / 1024);
const usage = fc.record({
  input_tokens: fc.nat(99),
  output_tokens: fc.nat(99),
  source: fc.constant('provider'),
});
const paid = { usage, cost_usd };

const event = fc.oneof(
  fc.record({
    type: fc.constant('call.start'),
    call_id,
    run_id,
    agent: fc.constantFrom({ id: 'ann' }, { id: 'bob' }),
    operation: fc.constant('chat'),
    ...served,
    messages: fc.constant([]),
  }),
  fc.record({ type: fc.constant('attempt.start'), call_id, number, ...served }),
  fc.record({ type: fc.constant('attempt.end'), call_id, number, status, ...paid }),
  fc.record(
    { type: fc.constant('call.end'), call_id, status, ...paid },
    { requiredKeys: ['type', 'call_id', 'status'] },
  ),
  fc.record({ type: fc.constant('call.end'), call_id, run_id, status }),
  fc.record({ type: fc.constant('tool.start'), call_id, tool_call_id, name: fc.constant('look') }),
  fc.record({ type: fc.constant('tool.end'), call_id, tool_call_id, status: fc.constant('ok') }),
) as fc.Arbitrary<LogEvent>;

interface Expected {
  agent: string;
  ending: string | undefined;
  attempts: Map<number, string | undefined>;
  tools: string[];
}

/** What ought to be in each run: the calls, and how many records have no place in any. */
class Model {
  readonly runs = new Map<string, { calls: Map<string, Expected>; orphans: number }>();
  readonly #runOf = new Map<string, string>();

  push(event: LogEvent): void {
    if (!('call_id' in event) || event.call_id === undefined) throw new Error('not of a call');
    const id = event.call_id;
    const started = event.type === 'call.start' ? undefined : this.#runOf.get(id);
    const name = started ?? event.run_id ?? 'main';
    if (event.type === 'call.start') this.#runOf.set(id, name);
    const run = this.runs.get(name) ?? { calls: new Map(), orphans: 0 };
    this.runs.set(name, run);
    if (!this.#takes(run.calls, id, event)) run.orphans++;
  }

  #takes(calls: Map<string, Expected>, id: string, event: LogEvent): boolean {
    const call = calls.get(id);
    if (event.type === 'call.start') {
      const agent = event.agent?.id ?? '?';
      if (call === undefined) calls.set(id, { agent, ending: undefined, attempts: new Map(), tools: [] });
      return call === undefined;
    }
    if (call === undefined) return false;
    switch (event.type) {
      case 'call.end':
        if (call.ending !== undefined) return false;
        call.ending = event.status;
        return true;
      case 'attempt.start':
        if (call.ending !== undefined || call.attempts.has(event.number)) return false;
        call.attempts.set(event.number, undefined);
        return true;
      case 'attempt.end':
        if (!call.attempts.has(event.number) || call.attempts.get(event.number) !== undefined) return false;
        call.attempts.set(event.number, event.status);
        return true;
      case 'tool.start':
        call.tools.push(event.tool_call_id);
        return true;
      case 'tool.end': {
        const at = call.tools.indexOf(event.tool_call_id);
        if (at < 0) return false;
        call.tools.splice(at, 1);
        return true;
      }
      default:
        throw new Error(`no rule for ${event.type}`);
    }
  }
}

/** The totals of some calls, added up here and not by the log. */
function totalsOf(calls: readonly CallNode[]): Totals {
  const add = (value: (call: CallNode) => number) => calls.reduce((sum, call) => sum + value(call), 0);
  const priced = calls.some((call) => call.cost_usd !== undefined);
  return {
    calls: calls.length,
    attempts: add(({ attempts }) => attempts.length),
    errors: add((call) => (call.status === 'ok' || call.status === 'aborted' ? 0 : 1)),
    input_tokens: add((call) => call.usage?.input_tokens ?? 0),
    output_tokens: add((call) => call.usage?.output_tokens ?? 0),
    ...(priced && { cost_usd: add((call) => call.cost_usd ?? 0) }),
    unpriced_calls: add(({ cost_usd, status, usage }) =>
      cost_usd === undefined && (status === 'ok' || usage) ? 1 : 0,
    ),
  };
}

function shown(tree: RunTree) {
  const calls = tree.agents.flatMap(({ id, calls }) => calls.map((call) => [call, id] as const));
  return new Map(
    calls.map(([call, agent]) => [
      call.id,
      {
        agent,
        ending: call.status,
        attempts: new Map(call.attempts.map((attempt) => [attempt.number, attempt.status])),
        tools: call.tool_calls.filter((tool) => tool.status === 'interrupted').map(({ id }) => id),
      },
    ]),
  );
}

it('has one ending for each call, attempts in their call, totals of their parts, and the rest among the orphans', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 40 }), async (events) => {
      const dir = mkdtempSync(join(tmpdir(), 'pd-call-log-'));
      try {
        const log = createCallLog({ dir, defaultRun: { id: 'main' }, tree: false });
        const model = new Model();
        for (const one of events) {
          log.logger(one);
          model.push(one);
        }
        await log.close();
        for (const [name, { calls, orphans }] of model.runs) {
          const tree = await readTree(join(dir, `${name}.jsonl`));
          const expected = [...calls].map(
            ([id, call]) =>
              [
                id,
                {
                  ...call,
                  ending: call.ending ?? 'interrupted',
                  attempts: new Map([...call.attempts].map(([n, ended]) => [n, ended ?? 'interrupted'])),
                },
              ] as const,
          );
          expect(shown(tree)).toEqual(new Map(expected));
          expect(tree.orphans).toHaveLength(orphans);
          for (const agent of tree.agents) expect(agent.totals).toEqual(totalsOf(agent.calls));
          expect(tree.run.totals).toEqual(totalsOf(tree.agents.flatMap((agent) => agent.calls)));
        }
      } finally {
        rmSync(dir, { recursive: true });
      }
    }),
    { numRuns: 150 },
  );
});
