import fc from 'fast-check';
import {
  agentSourceSchema,
  callEndingSchema,
  messageStatusSchema,
  operationSchema,
} from '../src/schema/common.ts';
import type { JsonObject, JsonValue } from '../src/schema/json.ts';
import type { RunTree } from '../src/schema/tree.ts';

// As JSON: no -0 and nothing that JSON.parse would not give, but every key it may give.
const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as JsonValue);
const key = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', '', 'a.b', 'temperature', 'stop', 'max_tokens'),
  fc.string(),
);
const object: fc.Arbitrary<JsonObject> = fc
  .array(fc.tuple(key, json), { maxLength: 4 })
  .map((entries) => Object.fromEntries(entries));
const text = fc.oneof(fc.constantFrom('', 'x', '{"a":1}', 'null', '7'), fc.string({ unit: 'grapheme' }));
const number = fc.oneof(
  fc.nat(1000),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((value) => JSON.parse(JSON.stringify(value)) as number),
);
const count = fc.nat(100);
const time = fc.oneof(
  fc
    .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((at) => at.toISOString()),
  fc.constantFrom('t', '', '1960-01-01T00:00:00.000Z', '2026-02-30'),
);
/** Of some fields, any. */
const optional = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(fields, { requiredKeys: [] });

const usage = fc.record(
  {
    input_tokens: number,
    output_tokens: number,
    cache_read_input_tokens: number,
    cache_creation_input_tokens: number,
    reasoning_output_tokens: number,
    source: fc.constantFrom('provider', 'estimated', 'none'),
  },
  { requiredKeys: ['source'] },
);
const error = fc.record(
  { type: text, code: text, provider_code: text, status: number, message: text },
  { requiredKeys: ['type', 'message'] },
);
const toolCall = fc.record({
  id: text,
  type: fc.constant('function'),
  function: fc.record({
    name: text,
    arguments: fc.oneof(
      text,
      object.map((o) => JSON.stringify(o)),
    ),
  }),
});
const chatMessage: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.record({ role: fc.constantFrom('system', 'user', 'assistant'), content: text }),
  fc.record({
    role: fc.constant('assistant'),
    content: fc.oneof(text, fc.constant(null)),
    tool_calls: fc.array(toolCall, { maxLength: 2 }),
  }) as fc.Arbitrary<JsonObject>,
  fc.record({ role: fc.constant('tool'), tool_call_id: text, content: text }),
  fc.record({
    content: fc.array(fc.oneof(fc.record({ type: fc.constant('text'), text }), object)),
    role: text,
    name: text,
  }) as fc.Arbitrary<JsonObject>,
  fc.record({ type: fc.constantFrom('function_call', 'function_call_output'), call_id: text, output: json }),
  object,
);
const reply = optional({
  id: text,
  model: text,
  message: chatMessage,
  other_choices: fc.array(chatMessage, { maxLength: 2 }),
  output: fc.array(object, { maxLength: 2 }),
  finish_reason: fc.oneof(fc.constantFrom('stop', 'tool-calls', 'tool_call', 'content-filter'), text),
  finish_reason_raw: text,
  partial: fc.boolean(),
  cached: fc.boolean(),
});
const status = fc.constantFrom(...callEndingSchema.options, 'interrupted', 'open');
const attempt = fc.record(
  {
    number: count,
    provider: text,
    model: text,
    started_at: time,
    ended_at: time,
    duration_ms: number,
    status,
    http_status: count,
    retry_after_ms: number,
    waited_ms: number,
    error,
    usage,
    cost_usd: number,
  },
  { requiredKeys: ['number', 'provider', 'started_at', 'status'] },
);
const tool = fc.record(
  { id: text, name: text, arguments: json, result: json, status: text, duration_ms: number },
  { requiredKeys: ['id', 'name', 'status'] },
);
const totals = fc.record(
  {
    calls: count,
    attempts: count,
    errors: count,
    input_tokens: number,
    output_tokens: number,
    cost_usd: number,
    unpriced_calls: count,
  },
  { requiredKeys: ['calls', 'attempts', 'errors', 'input_tokens', 'output_tokens', 'unpriced_calls'] },
);
const call = (id: string) =>
  fc.record(
    {
      id: fc.constant(id),
      operation: fc.constantFrom(...operationSchema.options),
      status,
      agent_source: fc.constantFrom(...agentSourceSchema.options),
      parent_call_id: text,
      started_at: time,
      ended_at: time,
      duration_ms: number,
      time_to_first_chunk_ms: number,
      pre: fc.record(
        {
          provider: fc.oneof(fc.constantFrom('openai', 'mistral', 'x_ai'), text),
          model: text,
          history: fc.record({
            call_id: fc.constantFrom('a 0', 'b 0', 'nowhere'),
            take: fc.integer({ min: 1, max: 3 }),
          }),
          messages: fc.array(chatMessage, { maxLength: 3 }),
          parameters: object,
          tools: fc.array(fc.oneof(json, fc.record({ type: fc.constant('function'), function: object })), {
            maxLength: 2,
          }),
          metadata: object,
          exact: fc.constant(false),
          // A field of a later version.
          unheard_of: json,
        },
        { requiredKeys: ['provider', 'model', 'messages'] },
      ),
      post: reply,
      usage,
      cost_usd: number,
      error,
      attempts: fc.array(attempt, { maxLength: 3 }),
      tool_calls: fc.array(tool, { maxLength: 2 }),
    },
    {
      requiredKeys: [
        'id',
        'operation',
        'status',
        'agent_source',
        'started_at',
        'pre',
        'attempts',
        'tool_calls',
      ],
    },
  );
const agent = (id: string) =>
  fc.record(
    {
      id: fc.constant(id),
      name: text,
      role: text,
      parent_id: fc.constantFrom('a', 'b', 'c', 'nobody'),
      totals,
      calls: fc.nat(3).chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => call(`${id} ${i}`)))),
    },
    { requiredKeys: ['id', 'totals', 'calls'] },
  );
const message = fc.record(
  {
    id: text,
    from: fc.constantFrom('a', 'b', 'nobody'),
    to: text,
    call_id: text,
    at: time,
    content: json,
    status: fc.constantFrom(...messageStatusSchema.options),
  },
  { requiredKeys: ['id', 'at', 'status'] },
);

const logLine = fc.record(
  { at: time, level: text, message: text, fields: object, agent_id: text, call_id: text },
  { requiredKeys: ['at', 'level'] },
);

const step = fc.record(
  {
    id: text,
    name: text,
    at: time,
    status: fc.constantFrom('ok', 'error'),
    value: json,
    error,
    agent_id: text,
  },
  { requiredKeys: ['id', 'name', 'at', 'status'] },
);

/** Any tree that is one by the schema, likely or not. */
export const randomTree = fc.record(
  {
    schema_version: fc.constant(1),
    run: fc.record(
      {
        id: text,
        name: text,
        status: fc.constantFrom('completed', 'failed', 'interrupted', 'running'),
        started_at: time,
        ended_at: time,
        error,
        metadata: object,
        totals,
      },
      { requiredKeys: ['id', 'status', 'metadata', 'totals'] },
    ),
    agents: fc.tuple(agent('a'), agent('b'), agent('c')),
    messages: fc.array(message, { maxLength: 4 }),
    logs: fc.array(logLine, { minLength: 1, maxLength: 3 }),
    steps: fc.array(step, { minLength: 1, maxLength: 3 }),
    orphans: fc.array(object, { maxLength: 3 }),
    audit: fc.record(
      {
        events: count,
        dropped: count,
        redactions: count,
        logger_errors: count,
        log_overhead_us: number,
        unpriced_calls: count,
        capture_content: fc.constant(false),
        damaged_lines: count,
      },
      { requiredKeys: ['events', 'unpriced_calls', 'damaged_lines'] },
    ),
  },
  { requiredKeys: ['schema_version', 'run', 'agents', 'messages', 'orphans', 'audit'] },
) as unknown as fc.Arbitrary<RunTree>;
