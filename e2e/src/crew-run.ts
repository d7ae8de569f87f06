import type { AgentNode, CallNode, ChatMessage, MessageNode, RunTree } from '@pd/call-log/schema';

const BEGIN = Date.UTC(2026, 10, 22, 9);
const at = (ms: number) => new Date(BEGIN + ms).toISOString();

/** Stands only at the end of a long reply, far behind what the page has at hand. */
export const DEEP_WORD = 'zanzibar';

/** A call of the crew; times are in milliseconds since the run began. */
export interface CrewCall {
  id: string;
  agent: string;
  start: number;
  end: number;
}

const REPLY = {
  plan: 'First the facts, then a draft, then somebody who doubts it.',
  facts: 'The bridge was opened in 1907.',
  check: 'Two registers agree on 1907.',
  draft: `The bridge. ${'It carries the road over the river, and has done so for a long time. '.repeat(40)}Not in ${DEEP_WORD}.`,
  doubt: 'Who says so? Name the register.',
  final: 'The bridge was opened in 1907, says the register of the town.',
  done: 'Here is the text, with its source.',
};

const ask = (content: string): ChatMessage[] => [
  { role: 'system', content: 'You are one of a crew that writes about bridges.' },
  { role: 'user', content },
];

/** Everything a page can show of a call is in one of these, and two of them overlap. */
const CALLS: readonly (CrewCall & { call: Partial<CallNode>; sent: ChatMessage[]; reply?: string })[] = [
  {
    id: 'plan',
    agent: 'planner',
    start: 1_000,
    end: 4_000,
    sent: ask('Write about the bridge.'),
    reply: REPLY.plan,
    call: {},
  },
  {
    id: 'facts',
    agent: 'researcher',
    start: 5_000,
    end: 10_000,
    sent: ask('Find the facts.'),
    reply: REPLY.facts,
    call: {
      attempts: [
        {
          number: 1,
          provider: 'openai',
          model: 'gpt-5.2-mini',
          started_at: at(5_000),
          ended_at: at(6_000),
          duration_ms: 1_000,
          status: 'error',
          http_status: 429,
          retry_after_ms: 500,
          error: { type: 'RateLimitError', status: 429, message: 'Too many requests' },
        },
        {
          number: 2,
          provider: 'openai',
          model: 'gpt-5.2-mini',
          started_at: at(6_500),
          ended_at: at(10_000),
          duration_ms: 3_500,
          waited_ms: 500,
          status: 'ok',
          http_status: 200,
        },
      ],
    },
  },
  {
    id: 'check',
    agent: 'researcher',
    start: 6_000,
    end: 9_000,
    sent: ask('Check the year.'),
    reply: REPLY.check,
    call: {
      tool_calls: [
        {
          id: 't1',
          name: 'read_register',
          arguments: { year: 1907 },
          result: 'found',
          status: 'ok',
          duration_ms: 40,
        },
      ],
    },
  },
  {
    id: 'draft',
    agent: 'writer',
    start: 11_000,
    end: 20_000,
    sent: ask('Write a draft.'),
    reply: REPLY.draft,
    call: {},
  },
  {
    id: 'timeout',
    agent: 'critic',
    start: 21_000,
    end: 23_000,
    sent: ask('Doubt the draft.'),
    call: { status: 'error', error: { type: 'APIConnectionError', message: 'socket hang up' } },
  },
  {
    id: 'doubt',
    agent: 'critic',
    start: 24_000,
    end: 26_000,
    sent: ask('Doubt the draft.'),
    reply: REPLY.doubt,
    call: {},
  },
  {
    id: 'final',
    agent: 'writer',
    start: 27_000,
    end: 36_000,
    sent: [{ role: 'user', content: `Mend it: ${REPLY.doubt}` }],
    reply: REPLY.final,
    call: {},
  },
  {
    id: 'done',
    agent: 'planner',
    start: 37_000,
    end: 40_000,
    sent: ask('Is it done?'),
    reply: REPLY.done,
    call: {},
  },
];

export const CREW_CALLS: readonly CrewCall[] = CALLS;

/** When the record of the crew's run ends, in milliseconds since it began. */
export const CREW_END = 41_000;

const NAMES = { planner: 'Planner', researcher: 'Researcher', writer: 'Writer', critic: 'Critic' };

/** Who said what to whom when; the person's words were made by no call. */
const MESSAGES: readonly [from: string, to: string, ms: number, content: string, call?: string][] = [
  ['user', 'planner', 500, 'Write about the bridge.'],
  ['planner', 'researcher', 4_000, REPLY.plan, 'plan'],
  ['researcher', 'writer', 10_000, REPLY.facts, 'facts'],
  ['writer', 'critic', 20_000, REPLY.draft, 'draft'],
  ['critic', 'writer', 26_000, REPLY.doubt, 'doubt'],
  ['writer', 'planner', 36_000, REPLY.final, 'final'],
  ['planner', 'user', 40_000, REPLY.done, 'done'],
];

/** Four agents and a person, calls at the same time, a retry, a tool, a failure, a long reply: the same every time. */
export function crewRun(id = 'crew', name = 'A text about a bridge'): RunTree {
  const agents = Object.entries(NAMES).map(([agentId, agentName]): AgentNode => {
    const calls = CALLS.filter(({ agent }) => agent === agentId).map(toCall);
    return { id: agentId, name: agentName, totals: totals(calls), calls };
  });
  const messages = MESSAGES.map(
    ([from, to, ms, content, call], index): MessageNode => ({
      id: `m${index}`,
      from,
      to,
      ...(call !== undefined && { call_id: call }),
      at: at(ms),
      content,
      status: 'handled',
    }),
  );
  return {
    schema_version: 1,
    run: {
      id,
      name,
      status: 'completed',
      started_at: at(0),
      ended_at: at(CREW_END),
      metadata: { seed: 7 },
      totals: totals(CALLS.map(toCall)),
    },
    agents: [{ id: 'user', role: 'person', totals: totals([]), calls: [] }, ...agents],
    messages,
    orphans: [],
    audit: { events: 60, dropped: 0, logger_errors: 0, unpriced_calls: 0, damaged_lines: 0 },
  };
}

function toCall({ id, start, end, sent, reply, call }: (typeof CALLS)[number]): CallNode {
  const times = { started_at: at(start), ended_at: at(end), duration_ms: end - start };
  return {
    id,
    operation: 'chat',
    status: 'ok',
    agent_source: 'binding',
    ...times,
    time_to_first_chunk_ms: 300,
    pre: {
      provider: 'openai',
      model: 'gpt-5.2-mini',
      messages: sent,
      parameters: { temperature: 0.2 },
      // What the writer sends the second time begins with all of the first.
      ...(id === 'final' && { history: { call_id: 'draft', take: 2 } }),
    },
    ...(reply !== undefined && {
      post: {
        id: `r-${id}`,
        model: 'gpt-5.2-mini',
        message: { role: 'assistant', content: reply },
        finish_reason: 'stop',
      },
      usage: { input_tokens: 200, output_tokens: 50, source: 'provider' },
      cost_usd: 0.002,
    }),
    attempts: [
      {
        number: 1,
        provider: 'openai',
        model: 'gpt-5.2-mini',
        ...times,
        status: call.status === 'error' ? 'error' : 'ok',
      },
    ],
    tool_calls: [],
    ...call,
  };
}

function totals(calls: readonly CallNode[]): AgentNode['totals'] {
  const sum = (value: (call: CallNode) => number | undefined) =>
    calls.reduce((all, call) => all + (value(call) ?? 0), 0);
  return {
    calls: calls.length,
    attempts: sum(({ attempts }) => attempts.length),
    errors: sum(({ status }) => (status === 'ok' ? 0 : 1)),
    input_tokens: sum(({ usage }) => usage?.input_tokens),
    output_tokens: sum(({ usage }) => usage?.output_tokens),
    ...(calls.length > 0 && { cost_usd: sum(({ cost_usd }) => cost_usd) }),
    unpriced_calls: 0,
  };
}
