/** One event of a reply: a chunk, the whole of it, or bytes that go out as they are. */
export type WireEvent = Record<string, unknown> | string;

type Content = { content?: string | null };
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

export function hasText(event: WireEvent): boolean {
  return choicesOf(event).some(({ delta, message }) => (delta ?? message)?.content);
}

export function withTextBefore(event: WireEvent, before: string): WireEvent {
  const longer = (content: Content) => ({ ...content, content: before + (content.content ?? '') });
  return mapChoices(event, ({ delta, message, ...choice }) => ({
    ...choice,
    ...(delta !== undefined && { delta: longer(delta) }),
    ...(message !== undefined && { message: longer(message) }),
  }));
}

export function withField(event: WireEvent, field: string, value: unknown): WireEvent {
  // `undefined` leaves the field out of the JSON.
  return typeof event === 'string' ? event : { ...event, [field]: value };
}

function mapChoices(event: WireEvent, change: (choice: Choice) => Choice): WireEvent {
  return typeof event === 'string' ? event : { ...event, choices: choicesOf(event).map(change) };
}

function choicesOf(event: WireEvent): Choice[] {
  return typeof event === 'object' && Array.isArray(event.choices) ? event.choices : [];
}
