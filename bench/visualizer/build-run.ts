import type { AgentNode, MessageNode, RunTree } from '@pd/call-log/schema';

const totals = { calls: 0, attempts: 0, errors: 0, input_tokens: 0, output_tokens: 0, unpriced_calls: 0 };

/** A run in which agents ask in turn and write to one another: a call every 100 ms, of which each takes 250. */
export function buildRun(calls: number, agents: number): RunTree {
  const at = (ms: number) => new Date(Date.UTC(2026, 10, 22, 9) + ms).toISOString();
  const nodes = Array.from(
    { length: agents },
    (_, index): AgentNode => ({ id: `agent ${index}`, totals, calls: [] }),
  );
  const messages: MessageNode[] = [];
  for (let number = 0; number < calls; number++) {
    const agent = nodes[number % agents];
    if (agent === undefined) continue;
    const reply = `A library of ${number} seats that waits for the bus as well. `.repeat(3);
    agent.calls.push({
      id: `call ${number}`,
      operation: 'chat',
      status: number % 17 === 0 ? 'error' : 'ok',
      agent_source: 'binding',
      started_at: at(number * 100),
      ended_at: at(number * 100 + 250),
      duration_ms: 250,
      pre: {
        provider: 'openai',
        model: 'a-model',
        messages: [{ role: 'user', content: `What could bus stop ${number} be, if it was none? `.repeat(3) }],
      },
      post: { message: { role: 'assistant', content: reply } },
      usage: { input_tokens: 40, output_tokens: 60, source: 'provider' },
      attempts: [],
      tool_calls: [],
    });
    messages.push({
      id: `message ${number}`,
      from: agent.id,
      to: `agent ${(number * 7 + 1 + Math.floor(number / agents)) % agents}`,
      call_id: `call ${number}`,
      at: at(number * 100 + 251),
      content: reply,
      status: 'handled',
    });
  }
  return {
    schema_version: 1,
    run: { id: 'run', status: 'completed', started_at: at(0), metadata: {}, totals },
    agents: nodes,
    messages,
    orphans: [],
    audit: { events: 0, unpriced_calls: 0, damaged_lines: 0 },
  };
}
