import type { ReceivedRequest } from './received-request.ts';
import type { TestAnswer } from './test-answer.ts';

/** What this server says its model is, unless the request names one. */
const MODEL = 'test-1';
const CHARACTERS_PER_TOKEN = 4;

/** What a healthy server would answer, before anything goes wrong with it. */
export interface HealthyReply {
  stream: boolean;
  /** The reply, or the chunks of it in order. */
  events: Record<string, unknown>[];
  text: string;
  billed: { input: number; output: number };
}

/** Answers a chat completion as OpenAI does; the usage of a stream only when it is asked for. */
export function toHealthyReply(request: ReceivedRequest, answer: TestAnswer): HealthyReply {
  const asked = fieldsOf(request.body);
  const stream = asked.stream === true;
  const text = answer.text ?? (answer.toolCalls === undefined ? ownText(request.number) : '');
  const { input, output } = answer.usage ?? {
    input: tokensIn(JSON.stringify(asked.messages ?? '')),
    output: tokensIn(text + (answer.reasoning ?? '')) + (answer.toolCalls?.length ?? 0),
  };
  const usage = { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
  const head = {
    id: `chatcmpl-test-${request.number}`,
    created: 1_700_000_000,
    model: typeof asked.model === 'string' ? asked.model : MODEL,
  };
  const finish = answer.finishReason ?? (answer.toolCalls === undefined ? 'stop' : 'tool_calls');
  const events = stream
    ? chunks({ ...head, object: 'chat.completion.chunk' }, text, answer, finish)
    : [whole({ ...head, object: 'chat.completion' }, text, answer, finish, usage)];
  if (stream && fieldsOf(asked.stream_options).include_usage === true)
    events.push({ ...head, object: 'chat.completion.chunk', choices: [], usage });
  return { stream, events, text, billed: { input, output } };
}

function whole(
  head: object,
  text: string,
  answer: TestAnswer,
  finish_reason: string,
  usage: object,
): Record<string, unknown> {
  const message = {
    role: 'assistant',
    content: text === '' && answer.toolCalls !== undefined ? null : text,
    ...(answer.reasoning !== undefined && { reasoning_content: answer.reasoning }),
    ...(answer.toolCalls !== undefined && { tool_calls: toolCalls(answer) }),
  };
  return { ...head, choices: [{ index: 0, message, finish_reason }], usage };
}

function chunks(head: object, text: string, answer: TestAnswer, finish: string): Record<string, unknown>[] {
  const chunk = (delta: object, finish_reason: string | null = null) => ({
    ...head,
    choices: [{ index: 0, delta, finish_reason }],
  });
  return [
    chunk({ role: 'assistant', content: answer.toolCalls === undefined ? '' : null }),
    ...(answer.reasoning === undefined ? [] : [chunk({ reasoning_content: answer.reasoning })]),
    ...(text.match(/\S+\s*|\s+/g) ?? []).map((content) => chunk({ content })),
    ...toolCalls(answer).map((call, index) => chunk({ tool_calls: [{ index, ...call }] })),
    chunk({}, finish),
  ];
}

function toolCalls({ toolCalls = [] }: TestAnswer): object[] {
  return toolCalls.map(({ id, name, arguments: given = {} }, index) => ({
    id: id ?? `call_${index + 1}`,
    type: 'function',
    function: { name, arguments: JSON.stringify(given) },
  }));
}

/** Characters of one to four bytes all over, so that a cut anywhere hits some of them in the middle. */
function ownText(number: number): string {
  return `Reply ${number}: ça va, 日本語 too, and 🐙🎈 as well; that is all of reply ${number}.`;
}

function tokensIn(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
