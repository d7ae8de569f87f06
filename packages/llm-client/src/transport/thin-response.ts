import type { IncomingHttpHeaders } from 'node:http';
import { decodeBody } from './decode-body.ts';
import type { WireReply } from './exchange.ts';
import type { ReplyBody } from './reply-body.ts';

/** Answers that have no body, whatever their headers say. @see https://fetch.spec.whatwg.org/#null-body-status */
const WITHOUT_BODY = [204, 205, 304];

/** What of a `Response` reads an answer; the platform's own takes several times as long to make. */
export class ThinResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  readonly url: string;
  readonly redirected: boolean;
  readonly type = 'basic';
  readonly #source: ReplyBody | undefined;
  readonly #encoding: string | undefined;
  #stream: ReadableStream<Uint8Array> | undefined;
  #used = false;

  constructor(reply: WireReply, request: { url: URL; method: string; redirected: boolean }) {
    const { status, statusText, headers, body } = reply;
    this.status = status;
    this.statusText = statusText;
    this.headers = toHeaders(headers);
    this.url = request.url.href;
    this.redirected = request.redirected;
    const isEmpty = request.method === 'HEAD' || WITHOUT_BODY.includes(status);
    this.#source = isEmpty ? undefined : body;
    this.#encoding = this.headers.get('content-encoding') ?? undefined;
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  get bodyUsed(): boolean {
    return this.#used || this.#stream?.locked === true;
  }

  /** Made when somebody asks for it. */
  get body(): ReadableStream<Uint8Array> | null {
    if (this.#source === undefined) return null;
    const source = this.#source;
    this.#stream ??= toWebStream(this.#used ? nothing() : this.#read(), () => source.return());
    return this.#stream;
  }

  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes());
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    // A copy, because the bytes may be part of a larger buffer.
    return new Uint8Array(await this.bytes()).buffer;
  }

  /** @throws {TypeError} when the body is being read already, or has been */
  async bytes(): Promise<Uint8Array> {
    if (this.bodyUsed) throw new TypeError('Body is unusable: Body has already been read');
    this.#used = true;
    if (this.#source === undefined) return new Uint8Array();
    if (this.#stream === undefined && this.#encoding === undefined) return this.#source.all();
    const parts: Uint8Array[] = [];
    for await (const part of this.#stream ?? this.#read()) parts.push(part);
    return Buffer.concat(parts);
  }

  async blob(): Promise<Blob> {
    return this.#toPlatform().blob();
  }

  async formData(): Promise<FormData> {
    return this.#toPlatform().formData();
  }

  /** The same answer twice, the other one as the platform's own. */
  clone(): Response {
    if (this.bodyUsed) throw new TypeError('Response.clone: Body has already been consumed.');
    const [mine, other] = this.body?.tee() ?? [undefined, null];
    this.#stream = mine;
    return new Response(other, this);
  }

  #read(): AsyncIterable<Uint8Array> {
    return this.#source === undefined ? nothing() : decodeBody(this.#source, this.#encoding);
  }

  #toPlatform(): Response {
    if (this.bodyUsed) throw new TypeError('Body is unusable: Body has already been read');
    return new Response(this.body, { headers: this.headers });
  }
}

function toHeaders(fields: IncomingHttpHeaders): Headers {
  const headers = new Headers();
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (typeof value === 'string') append(headers, name, value);
    else for (const each of value ?? []) append(headers, name, each);
  }
  return headers;
}

function append(headers: Headers, name: string, value: string): void {
  try {
    headers.append(name, value);
  } catch {
    // Not a character below 256 in sight; as bytes, which is what Node's own fetch shows.
    headers.append(name, Buffer.from(value).toString('latin1'));
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** @param leave ends the reply also while more of it is being waited for, which an iterator's own `return` would not */
function toWebStream(
  body: AsyncIterable<Uint8Array>,
  leave: () => Promise<unknown>,
): ReadableStream<Uint8Array> {
  const source = body[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await source.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await leave();
        await source.return?.();
      },
    },
    // Nothing is read ahead: the connection holds enough.
    { highWaterMark: 0 },
  );
}
