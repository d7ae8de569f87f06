/** One server-sent event. */
export interface ServerEvent {
  /** As the server names it; mostly it does not. */
  name: string | undefined;
  data: string;
}

const LINE_END = /\r\n|\n|\r/;

/**
 * Takes a stream of server-sent events apart, however it is cut into pieces.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export class EventLines {
  readonly #decoder = new TextDecoder();
  /** The beginning of a line whose end has not come. */
  #tail = '';
  /** The last piece ended with `\r`, so that a `\n` that comes first belongs to it. */
  #skipsNewline = false;
  #name: string | undefined;
  #data: string | undefined;

  /** The events that a piece completes. */
  push(bytes: Uint8Array): ServerEvent[] {
    return this.#split(this.#decoder.decode(bytes, { stream: true }));
  }

  /** What is left at the end; some servers leave the last line open. */
  end(): ServerEvent[] {
    return this.#split(`${this.#decoder.decode()}\n\n`);
  }

  #split(decoded: string): ServerEvent[] {
    if (decoded === '') return [];
    const text = this.#skipsNewline && decoded.startsWith('\n') ? decoded.slice(1) : decoded;
    this.#skipsNewline = text.endsWith('\r');
    // Looked for in the new piece only, so that a long line in many pieces stays cheap.
    if (!LINE_END.test(text)) {
      this.#tail += text;
      return [];
    }
    const lines = (this.#tail + text).split(LINE_END);
    this.#tail = lines.pop() ?? '';
    const events: ServerEvent[] = [];
    for (const line of lines) {
      const event = this.#take(line);
      if (event !== undefined) events.push(event);
    }
    return events;
  }

  /** Returns the event that an empty line ends. */
  #take(line: string): ServerEvent | undefined {
    if (line === '') {
      const event = this.#data === undefined ? undefined : { name: this.#name, data: this.#data };
      this.#name = undefined;
      this.#data = undefined;
      return event;
    }
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    if (field !== 'data' && field !== 'event') return undefined;
    const value = colon === -1 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'event') this.#name = value;
    else this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
    return undefined;
  }
}
