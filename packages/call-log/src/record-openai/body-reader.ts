/** Reads a reply's bytes on their way to the caller. */
export interface BodyReader {
  /** Reads the beginning of `bytes`, as much as belongs together, and returns how many bytes that was. */
  read(bytes: Uint8Array): number;
  /** No more will come. */
  end(): void;
}

/** Reads a body as a whole and gives its text at the end. */
export function createTextReader(onText: (text: string) => void): BodyReader {
  const decoder = new TextDecoder();
  let text = '';
  return {
    read(bytes) {
      text += decoder.decode(bytes, { stream: true });
      return bytes.length;
    },
    end: () => onText(text + decoder.decode()),
  };
}

const LF = 10;
const CR = 13;

/**
 * Reads server-sent events, one at a time, and gives the data of each.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export function createEventReader(onData: (data: string) => void): BodyReader {
  const decoder = new TextDecoder();
  let event = '';
  let atLineStart = true;
  let afterCR = false;

  /** How many bytes there are up to the empty line that ends an event; 0 when it is not among them. */
  const endOfEvent = (bytes: Uint8Array): number => {
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i];
      const secondHalf = byte === LF && afterCR;
      afterCR = byte === CR;
      if (secondHalf) continue;
      const newline = byte === LF || byte === CR;
      if (newline && atLineStart) return i + 1;
      atLineStart = newline;
    }
    return 0;
  };

  const dispatch = (): void => {
    const data = dataOf(event);
    event = '';
    if (data !== undefined) onData(data);
  };

  return {
    read(bytes) {
      const end = endOfEvent(bytes);
      const taken = end === 0 ? bytes.length : end;
      event += decoder.decode(bytes.subarray(0, taken), { stream: true });
      if (end > 0) dispatch();
      return taken;
    },
    end() {
      event += decoder.decode();
      dispatch();
    },
  };
}

function dataOf(event: string): string | undefined {
  const lines = event.split(/\r\n|\r|\n/).filter((line) => line.startsWith('data:'));
  if (lines.length === 0) return undefined;
  return lines.map((line) => line.slice(line[5] === ' ' ? 6 : 5)).join('\n');
}
