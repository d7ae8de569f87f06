import type { JsonObject } from '../schema/json.ts';
import { accumulateFields } from './accumulate.ts';
import type { WireToolCall } from './shapes.ts';

/** A piece of a tool call: the first one has the name, the arguments come in pieces. */
export interface ToolCallDelta {
  /** Position of the tool call in the reply. */
  index: number;
  id?: string;
  name?: string;
  arguments: string;
}

/** The parts of a piece that say which call it belongs to; an empty text says nothing. */
interface Piece {
  index: number | undefined;
  id: string | undefined;
  name: string | undefined;
}

interface ToolCallState extends Piece {
  type: string;
  arguments: string;
  extra: object;
}

/** Assembles the tool calls of one message. */
export class ToolCallAssembly {
  readonly #calls: ToolCallState[] = [];

  push({ index, id, type, function: fn, ...extra }: WireToolCall): ToolCallDelta {
    const piece: Piece = {
      index: typeof index === 'number' ? index : undefined,
      id: id || undefined,
      name: fn?.name || undefined,
    };
    const added = argumentsText(fn?.arguments);
    const at = this.#calls.findLastIndex((call, i) => this.#isSame(call, piece, i));
    const known = this.#calls[at];
    if (known === undefined) {
      this.#calls.push({ ...piece, type: type || 'function', arguments: added, extra });
    } else {
      known.id ??= piece.id;
      // Some servers repeat the name in every chunk; none splits it.
      known.name = piece.name ?? known.name;
      known.arguments += added;
      known.extra = accumulateFields(known.extra, extra);
    }
    return {
      index: known === undefined ? this.#calls.length - 1 : at,
      ...(piece.id !== undefined && { id: piece.id }),
      ...(piece.name !== undefined && { name: piece.name }),
      arguments: added,
    };
  }

  toJson(): JsonObject[] {
    return this.#calls.map(({ id, type, name = '', arguments: args, extra }) => {
      const fn = type === 'function' || name !== '' ? { function: { name, arguments: args } } : {};
      return { ...(id !== undefined && { id }), type, ...fn, ...extra } as JsonObject;
    });
  }

  /**
   * By index where there is one, except that Gemini numbers all parallel calls 0: another id with a name is another
   * call. Without an index (Mistral) by id; with neither, a name begins a call and the rest belongs to the last.
   */
  #isSame(call: ToolCallState, { index, id, name }: Piece, position: number): boolean {
    if (index !== undefined) {
      const another = id !== undefined && call.id !== undefined && id !== call.id && name !== undefined;
      return call.index === index && !another;
    }
    if (id !== undefined) return call.id === id;
    return name === undefined && position === this.#calls.length - 1;
  }
}

/** Text on the wire; a server that sends the object itself gets it written out. */
function argumentsText(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
