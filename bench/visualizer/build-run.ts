import type { CallNode, MessageNode, RunTree } from '@pd/call-log/schema';

const WORDS =
  'bridge river plan budget engineer council report toll bus meeting deadline bearing survey crane noise street garden library school signal light winter model answer question reason'.split(
    ' ',
  );

/** The same numbers for the same seed: a linear congruential generator (Numerical Recipes, 32 bit). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A run of so many calls by so many agents: each answers whoever spoke before, some at the same time, a few fail. */
export function buildRun(calls: number, agents: number, seed = 1): RunTree {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const text = (words: number) => Array.from({ length: words }, () => pick(WORDS)).join(' ');
  const begin = Date.UTC(2026, 10, 22, 9);
  const iso = (ms: number) => new Date(begin + ms).toISOString();
  const callsOf: CallNode[][] = Array.from({ length: agents }, () => []);
  const messages: MessageNode[] = [];
  const sums = { input: 0, output: 0, cost: 0, errors: 0 };
  let now = 0;
  let speaker = 0;
  for (let index = 0; index < calls; index++) {
    const next = Math.floor(random() * agents);
    const took = 300 + Math.floor(random() * 4000);
    const failed = random() < 0.01;
    const [input, output] = [200 + Math.floor(random() * 2000), 20 + Math.floor(random() * 400)];
    const cost = (input * 0.15 + output * 0.6) / 1e6;
    const [start, end] = [iso(now), iso(now + took)];
    const usage = { input_tokens: input, output_tokens: output, source: 'provider' } as const;
    const content = text(40 + Math.floor(random() * 120));
    callsOf[speaker]?.push({
      id: `c${index}`,
      operation: 'chat',
      status: failed ? 'error' : 'ok',
      agent_source: 'binding',
      started_at: start,
      ended_at: end,
      duration_ms: took,
      pre: {
        provider: 'openai',
        model: index % 3 === 0 ? 'gpt-5.2' : 'gpt-5.2-mini',
        messages: [{ role: 'user', content: text(20) }],
      },
      ...(failed
        ? { error: { type: 'RateLimitError', status: 429, message: 'Too many requests' } }
        : {
            post: {
              id: `r${index}`,
              model: 'gpt-5.2',
              message: { role: 'assistant', content },
              finish_reason: 'stop',
            },
            usage,
            cost_usd: cost,
          }),
      attempts: [
        { number: 1, provider: 'openai', started_at: start, ended_at: end, status: failed ? 'error' : 'ok' },
      ],
      tool_calls:
        index % 10 === 0 ? [{ id: `t${index}`, name: pick(['search', 'read', 'write']), status: 'ok' }] : [],
    });
    if (!failed) {
      messages.push({
        id: `m${index}`,
        from: `agent-${speaker}`,
        to: `agent-${next}`,
        call_id: `c${index}`,
        at: end,
        content,
        status: 'handled',
      });
      sums.input += input;
      sums.output += output;
      sums.cost += cost;
    } else sums.errors++;
    now += random() < 0.3 ? Math.floor(took * 0.2) : took + 20;
    speaker = next;
  }
  const none = { calls: 0, attempts: 0, errors: 0, input_tokens: 0, output_tokens: 0, unpriced_calls: 0 };
  return {
    schema_version: 1,
    run: {
      id: `bench-${calls}-${agents}`,
      name: `${calls} calls, ${agents} agents`,
      status: 'completed',
      started_at: iso(0),
      ended_at: iso(now + 5000),
      metadata: {},
      totals: {
        ...none,
        calls,
        attempts: calls,
        errors: sums.errors,
        input_tokens: sums.input,
        output_tokens: sums.output,
        cost_usd: sums.cost,
      },
    },
    agents: callsOf.map((list, index) => ({
      id: `agent-${index}`,
      name: `Agent ${index}`,
      totals: { ...none, calls: list.length },
      calls: list,
    })),
    messages,
    orphans: [],
    audit: { events: calls * 4, unpriced_calls: 0, damaged_lines: 0 },
  };
}
