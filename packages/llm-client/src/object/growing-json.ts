/** Deeper nesting than this is no reply; what lies deeper is not told. */
const DEEPEST = 512;

const ESCAPED: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
/** Ends a run of plain characters in a text. */
const STRING_STOP = /["\\]/g;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const LITERALS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** A container that is not closed yet; `key` is that of the value at hand. */
type Open = { list: unknown[] } | { object: Record<string, unknown>; key: string | undefined };

/** The text at hand, decoded; `half` a character at its end, and what has come of an `escape`. */
interface GrowingString {
  text: string;
  half: string;
  escape: string;
  isKey: boolean;
}

/** What may come next, outside of strings and numbers. */
type Expecting = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end';

/**
 * One JSON object or array while it is written, a piece at a time; each character is read once. Texts grow, numbers and
 * literals are there when they are whole, because half of a number is another number. A property is there once it has a
 * value, and is left out while that is `null`.
 */
export class GrowingJson {
  readonly #open: Open[] = [];
  #root: unknown;
  #expecting: Expecting = 'value';
  #string: GrowingString | undefined;
  /** The number or literal at hand. */
  #word = '';
  #state: 'growing' | 'whole' | 'broken' = 'growing';
  #changes = 0;

  /** `whole` when it is closed, `broken` when it is no JSON after all. */
  get state(): 'growing' | 'whole' | 'broken' {
    return this.#state;
  }

  /** Counts up whenever the value may have become another. */
  get changes(): number {
    return this.#changes;
  }

  /** Reads on from `from`; returns the index of the first character that does not belong to it. */
  push(text: string, from = 0): number {
    let at = from;
    while (at < text.length && this.#state === 'growing')
      at = this.#string === undefined ? this.#pushToken(text, at) : this.#pushString(this.#string, text, at);
    return at;
  }

  /** The value as far as it is known: its own copy of what may still grow. */
  value(): unknown {
    let inner: unknown = this.#string?.isKey === false ? this.#string.text : undefined;
    for (const open of this.#open.toReversed()) inner = withValue(open, inner);
    return this.#open.length > 0 ? inner : this.#root;
  }

  #pushToken(text: string, at: number): number {
    const char = text[at] as string;
    if (/[\w.+-]/.test(char)) {
      if (!this.#expecting.startsWith('value')) return this.#break(at);
      this.#word += char;
      return at + 1;
    }
    if (this.#word !== '' && !this.#endWord()) return this.#break(at);
    if (/\s/.test(char)) return at + 1;
    return this.#accepts(char) ? at + 1 : this.#break(at);
  }

  #accepts(char: string): boolean {
    const expecting = this.#expecting;
    const inside = this.#open.at(-1);
    if (char === '"') return this.#beginString(expecting);
    if (char === '{' || char === '[') return expecting.startsWith('value') && this.#beginContainer(char);
    if (char === ':' && expecting === 'colon') return this.#expect('value');
    if (char === ',' && expecting === 'comma-or-end')
      return this.#expect(inside !== undefined && 'list' in inside ? 'value' : 'key');
    const closes = inside !== undefined && ('list' in inside ? char === ']' : char === '}');
    return closes && expecting.endsWith('-or-end') && this.#close(inside);
  }

  #beginString(expecting: Expecting): boolean {
    const isKey = expecting.startsWith('key');
    if (!isKey && !expecting.startsWith('value')) return false;
    this.#string = { text: '', half: '', escape: '', isKey };
    if (!isKey) this.#changes++;
    return true;
  }

  #beginContainer(char: string): boolean {
    this.#changes++;
    this.#open.push(char === '[' ? { list: [] } : { object: {}, key: undefined });
    return this.#open.length <= DEEPEST && this.#expect(char === '[' ? 'value-or-end' : 'key-or-end');
  }

  #close(open: Open): boolean {
    this.#open.pop();
    this.#place('list' in open ? open.list : open.object);
    return true;
  }

  #pushString(string: GrowingString, text: string, at: number): number {
    if (string.escape !== '') return this.#pushEscape(string, text[at] as string) ? at + 1 : this.#break(at);
    STRING_STOP.lastIndex = at;
    const end = STRING_STOP.exec(text)?.index ?? text.length;
    if (end > at) append(string, text.slice(at, end));
    if (end > at && !string.isKey) this.#changes++;
    if (end === text.length) return end;
    if (text[end] === '\\') string.escape = '\\';
    else this.#endString(string);
    return end + 1;
  }

  #pushEscape(string: GrowingString, char: string): boolean {
    string.escape += char;
    const code = string.escape.slice(1);
    if (code.startsWith('u')) {
      if (code.length < 5) return true;
      if (!/^u[\da-f]{4}$/i.test(code)) return false;
      append(string, String.fromCharCode(Number.parseInt(code.slice(1), 16)));
    } else if ('"\\/'.includes(char)) append(string, char);
    else if (ESCAPED[char] === undefined) return false;
    else append(string, ESCAPED[char]);
    string.escape = '';
    this.#changes++;
    return true;
  }

  #endString({ text: told, half, isKey }: GrowingString): void {
    this.#string = undefined;
    const text = told + half;
    if (half !== '') this.#changes++;
    const inside = this.#open.at(-1);
    if (!isKey) this.#place(text);
    else if (inside !== undefined && 'object' in inside) {
      inside.key = text;
      this.#expect('colon');
    }
  }

  #endWord(): boolean {
    const word = this.#word;
    this.#word = '';
    if (LITERALS.has(word)) return this.#place(LITERALS.get(word));
    return NUMBER.test(word) && this.#place(Number(word));
  }

  /** A value is whole. */
  #place(value: unknown): boolean {
    const inside = this.#open.at(-1);
    // Texts and containers have been told while they were open.
    const isNews = typeof value === 'number' || typeof value === 'boolean';
    if (isNews || (value === null && inside !== undefined && 'list' in inside)) this.#changes++;
    if (inside === undefined) {
      this.#root = value;
      this.#state = 'whole';
      return true;
    }
    put(inside, value);
    return this.#expect('comma-or-end');
  }

  #expect(expecting: Expecting): true {
    this.#expecting = expecting;
    return true;
  }

  #break(at: number): number {
    this.#root = this.value();
    this.#open.length = 0;
    this.#state = 'broken';
    return at;
  }
}

/** Half of a pair of surrogates is no character yet. Looks at the piece alone: to look into a long text costs its length. */
function append(string: GrowingString, piece: string): void {
  const added = string.half + piece;
  const last = added.charCodeAt(added.length - 1);
  const isHalf = last >= 0xd800 && last <= 0xdbff;
  string.text += isHalf ? added.slice(0, -1) : added;
  string.half = isHalf ? added.slice(-1) : '';
}

/** A copy of what is open, with the value that is not whole yet. */
function withValue(open: Open, inner: unknown): unknown {
  const copy: Open = 'list' in open ? { list: [...open.list] } : { ...open, object: { ...open.object } };
  if (inner !== undefined) put(copy, inner);
  return 'list' in copy ? copy.list : copy.object;
}

function put(open: Open, value: unknown): void {
  if ('list' in open) open.list.push(value);
  else if (open.key !== undefined) {
    // Plain assignment would make a prototype of "__proto__".
    if (value === null) delete open.object[open.key];
    else
      Object.defineProperty(open.object, open.key, {
        value,
        writable: true,
        enumerable: true,
        configurable: true,
      });
  }
}
