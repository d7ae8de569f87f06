/** What an `openai` client is known by here; structural, so that no version of the SDK is imported. */
export interface OpenAIClient {
  baseURL: string;
  post(path: string, options?: object): unknown;
  withOptions(options: object): unknown;
}

/** What comes back from the wire, as the SDK hands it on to parsing. */
export interface ResponseProps {
  response: Response;
}

/** A request as the SDK's resources describe it. */
export interface RequestOptions {
  body?: unknown;
  signal?: AbortSignal | null;
}

/** Sends a request and gives its response. */
export type Fetch = (url: string | URL | Request, init?: RequestInit) => Promise<Response>;

/**
 * The joints of the SDK's client that recording is hung into, on a client of our own.
 *
 * @see https://github.com/openai/openai-node/blob/master/src/client.ts (7.57)
 */
export interface ClientJoints {
  apiKey: unknown;
  fetch: Fetch;
  /** What `create()` of every resource calls, with everything it was given. */
  post(path: string, options?: RequestOptions | PromiseLike<RequestOptions>): unknown;
  /** Called once for a request and again, with `retryOf`, for each retry. */
  makeRequest(options: unknown, retriesRemaining: number | null, retryOf?: string): Promise<ResponseProps>;
  /** Reads a reply that is no stream; retries when its body takes too long. */
  parseResponseWithTimeout(client: unknown, props: ResponseProps): Promise<unknown>;
  withOptions(options: object): ClientJoints;
}

const joints = ['fetch', 'post', 'makeRequest', 'parseResponseWithTimeout', 'withOptions'] as const;

/**
 * The client's joints.
 *
 * @throws {TypeError} when one is missing: that is no client of `openai` 7
 */
export function jointsOf(client: object): ClientJoints {
  const known = client as ClientJoints;
  const missing = joints.filter((name) => typeof known[name] !== 'function');
  if (missing.length === 0) return known;
  throw new TypeError(
    `recordOpenAI() needs a client of the package openai, version 7; this one has no ${missing.join(', ')}`,
  );
}
