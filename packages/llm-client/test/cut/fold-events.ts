/** What a stream says, read in the plainest way there is; knows nothing of the code under test. */
export interface Folded {
  text: string;
  reasoning: string;
  /** In the order in which they were begun. */
  tools: { name: string; arguments: string }[];
  /** Whether the reply has come to its end. */
  whole: boolean;
  totalTokens: number | undefined;
}

/** The events of a body of server-sent events whose JSON has come as a whole; what is missing may be the blank line. */
export function eventsIn(body: Uint8Array): Record<string, never>[] {
  const text = new TextDecoder().decode(body).replace(/\r\n?/g, '\n');
  const blocks = text.split('\n\n');
  const payloads = blocks.map((block) =>
    block
      .split('\n')
      .filter((line) => line.startsWith('data:'))
      .map((line) => line.slice(5).trim())
      .join('\n'),
  );
  return payloads.flatMap((payload, i) => {
    try {
      return payload.startsWith('{') ? [JSON.parse(payload)] : [];
    } catch (error) {
      if (i < payloads.length - 1) throw error;
      return [];
    }
  });
}

interface Delta {
  content?: string | null | { text?: string; thinking?: { text: string }[] }[];
  reasoning_content?: string | null;
  reasoning?: string | null;
  tool_calls?: { index?: number; function: { name?: string; arguments?: string } }[] | null;
}
interface Chunk {
  choices?: { index?: number; delta?: Delta; finish_reason?: string | null }[];
  usage?: { total_tokens?: number } | null;
  x_groq?: { usage?: { total_tokens?: number } };
}

/** @param n how many choices were asked for */
export function foldChat(chunks: Chunk[], n: number): Folded {
  const all = chunks.flatMap(({ choices = [] }) => choices);
  const first = all.filter(({ index = 0 }) => index === 0).flatMap(({ delta }) => delta ?? []);
  const parts = first.flatMap(({ content }) =>
    Array.isArray(content) ? content : [{ text: content ?? '' }],
  );
  const thoughts = parts.flatMap((part) => ('thinking' in part ? (part.thinking ?? []) : []));
  const tools: (Folded['tools'][number] & { index: number | undefined })[] = [];
  for (const { index, function: fn } of first.flatMap(({ tool_calls }) => tool_calls ?? [])) {
    if (fn.name) tools.push({ index, name: fn.name, arguments: '' });
    const call = tools.findLast((each) => index === undefined || each.index === index);
    if (call !== undefined) call.arguments += fn.arguments ?? '';
  }
  const finished = new Set(all.filter((each) => each.finish_reason).map(({ index }) => index));
  const usage = chunks.findLast((chunk) => chunk.usage)?.usage;
  return {
    text: parts.map((part) => ('thinking' in part ? '' : (part.text ?? ''))).join(''),
    reasoning: [
      ...thoughts.map(({ text }) => text),
      ...first.map(({ reasoning_content, reasoning }) => reasoning_content ?? reasoning ?? ''),
    ].join(''),
    tools: tools.map(({ name, arguments: args }) => ({ name, arguments: args })),
    whole: finished.size === n,
    totalTokens: (usage ?? chunks.findLast(({ x_groq }) => x_groq?.usage)?.x_groq?.usage)?.total_tokens,
  };
}

interface ResponseEvent {
  type: string;
  delta?: string;
  output_index?: number;
  item?: { type: string; name?: string };
  response?: { usage?: { total_tokens: number } };
}

/** The same of the events of the Responses API. */
export function foldResponse(events: ResponseEvent[]): Folded {
  const deltas = (type: string) => events.filter((event) => event.type === type);
  const joined = (type: string) =>
    deltas(type)
      .map(({ delta }) => delta)
      .join('');
  const calls = deltas('response.output_item.added').filter(({ item }) => item?.type === 'function_call');
  return {
    text: joined('response.output_text.delta'),
    reasoning: joined('response.reasoning_summary_text.delta'),
    tools: calls.map(({ item, output_index }) => ({
      name: item?.name ?? '',
      arguments: deltas('response.function_call_arguments.delta')
        .filter((event) => event.output_index === output_index)
        .map(({ delta }) => delta)
        .join(''),
    })),
    whole: deltas('response.completed').length === 1,
    totalTokens: deltas('response.completed')[0]?.response?.usage?.total_tokens,
  };
}
