/** One event of a reply: a chunk, the whole of it, or bytes that go out as they are. */
export type WireEvent = Record<string, unknown> | string;

type ToolCall = { function?: { arguments?: string } };
type Content = { content?: string | null; tool_calls?: ToolCall[] };
type Choice = { delta?: Content; message?: Content; finish_reason?: string | null };

export function hasChoices(event: WireEvent): boolean {
  return typeof event === 'string' || choicesOf(event).length > 0;
}

export function hasFinishReason(event: WireEvent): boolean {
  return choicesOf(event).some(({ finish_reason }) => typeof finish_reason === 'string');
}

export function withoutFinishReason(event: WireEvent): WireEvent {
  return mapChoices(event, (choice) => ({ ...choice, finish_reason: null }));
}

/** Another reason where there is one. */
export function withFinishReason(event: WireEvent, reason: string): WireEvent {
  return hasFinishReason(event)
    ? mapChoices(event, (choice) => ({ ...choice, finish_reason: reason }))
    : event;
}

export function hasText(event: WireEvent): boolean {
  return choicesOf(event).some(({ delta, message }) => (delta ?? message)?.content);
}

export function withTextBefore(event: WireEvent, before: string): WireEvent {
  return mapContents(event, (content) => ({ ...content, content: before + (content.content ?? '') }));
}

/** The arguments of every tool call, up to the middle. */
export function withHalfArguments(event: WireEvent): WireEvent {
  return mapContents(event, ({ tool_calls, ...content }) => ({
    ...content,
    ...(tool_calls !== undefined && {
      tool_calls: tool_calls.map((call) => {
        const given = call.function?.arguments ?? '';
        return { ...call, function: { ...call.function, arguments: given.slice(0, given.length / 2) } };
      }),
    }),
  }));
}

export function withField(event: WireEvent, field: string, value: unknown): WireEvent {
  // `undefined` leaves the field out of the JSON.
  return typeof event === 'string' ? event : { ...event, [field]: value };
}

function mapContents(event: WireEvent, change: (content: Content) => Content): WireEvent {
  return mapChoices(event, ({ delta, message, ...choice }) => ({
    ...choice,
    ...(delta !== undefined && { delta: change(delta) }),
    ...(message !== undefined && { message: change(message) }),
  }));
}

function mapChoices(event: WireEvent, change: (choice: Choice) => Choice): WireEvent {
  return typeof event === 'string' ? event : { ...event, choices: choicesOf(event).map(change) };
}

function choicesOf(event: WireEvent): Choice[] {
  return typeof event === 'object' && Array.isArray(event.choices) ? event.choices : [];
}
