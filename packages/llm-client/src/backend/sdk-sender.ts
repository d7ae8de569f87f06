import type OpenAI from 'openai';
import { APIError, APIUserAbortError } from 'openai';

/** What is sent. */
export interface Outgoing {
  body: object;
  /** Besides those of the SDK. */
  headers?: Record<string, string> | undefined;
  signal: AbortSignal;
}

/** A request as the SDK makes it, less its body. */
interface Draft {
  url: string;
  headers: Record<string, string>;
}

/**
 * Sends as the `openai` SDK does: its URLs and headers, and its errors. Its way through options, timers,
 * retries and log lines is left out, because all requests to an endpoint have the same head: the SDK makes that once.
 */
export class SdkSender {
  readonly #sdk: OpenAI;
  readonly #fetch: typeof fetch;
  readonly #drafts = new Map<string, Promise<Draft>>();

  constructor(sdk: OpenAI, fetch: typeof globalThis.fetch) {
    this.#sdk = sdk;
    this.#fetch = fetch;
  }

  /**
   * Sends a request and reads the whole answer.
   *
   * @throws {APIError} for an answer with an error status; what `fetch` throws
   */
  async ask(path: string, outgoing: Outgoing): Promise<{ data: unknown; response: Response }> {
    const response = await this.send(path, outgoing);
    try {
      return { data: await readWhole(response), response };
    } catch (cause) {
      throw outgoing.signal.aborted ? new APIUserAbortError() : cause;
    }
  }

  /** Sends a request, and resolves when its answer begins. @throws what {@link ask} throws */
  async send(path: string, { body, headers: own, signal }: Outgoing): Promise<Response> {
    try {
      const { url, headers } = await this.#draft(path);
      const init = { method: 'POST', headers: { ...headers, ...own }, body: JSON.stringify(body), signal };
      const fetch = this.#fetch;
      const response = await fetch(url, init);
      if (!response.ok) throw await toError(response);
      return response;
    } catch (cause) {
      throw signal.aborted ? new APIUserAbortError() : cause;
    }
  }

  #draft(path: string): Promise<Draft> {
    const known = this.#drafts.get(path);
    if (known !== undefined) return known;
    const draft = this.#sdk
      .buildRequest({ method: 'post', path, body: {} })
      .then(({ url, req }) => ({ url, headers: Object.fromEntries(req.headers) }));
    this.#drafts.set(path, draft);
    return draft;
  }
}

/** The SDK reads JSON only where the answer says that it is. */
async function readWhole(response: Response): Promise<unknown> {
  const text = await response.text();
  const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!type.includes('application/json') && !type.endsWith('+json')) return text;
  return text === '' ? undefined : JSON.parse(text);
}

/** Some providers send their error as it is, without an `error` around it. */
async function toError(response: Response): Promise<APIError> {
  const text = await response.text().catch((cause: unknown) => String(cause));
  const said = parsed(text);
  const isBare = typeof said === 'object' && !('error' in said && said.error != null);
  const message = said === undefined ? text : undefined;
  return APIError.generate(response.status, isBare ? { error: said } : said, message, response.headers);
}

function parsed(text: string): object | undefined {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}
