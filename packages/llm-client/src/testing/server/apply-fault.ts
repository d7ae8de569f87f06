import {
  hasChoices,
  hasFinishReason,
  hasText,
  withField,
  withFinishReason,
  withHalfArguments,
  withoutFinishReason,
  withTextBefore,
} from './edit-events.ts';
import type { Fault, FaultType } from './fault.ts';
import { retryAfterHeaders } from './retry-after-headers.ts';
import type { Draft } from './wire-plan.ts';

const HUGE_BYTES = 10_000_000;

type Effects = { [T in FaultType]: (draft: Draft, fault: Extract<Fault, { type: T }>) => void };

const effects: Effects = {
  status(draft, { status, message = 'It did not work', code, headers }) {
    fail(draft, status, message, code);
    Object.assign(draft.headers, headers);
  },
  rate_limit(draft, { retryAfter }) {
    fail(draft, 429, 'Rate limit reached', 'rate_limit_exceeded');
    Object.assign(draft.headers, retryAfterHeaders(retryAfter));
  },
  html(draft, { status }) {
    instead(draft, status, `<html><body><h1>${status}</h1>something on the way is not well</body></html>`);
    draft.headers['content-type'] = 'text/html';
  },
  error_body(draft) {
    fail(draft, 200, 'The upstream model failed', 'upstream_error');
  },
  empty_body(draft) {
    instead(draft, 200, '');
  },
  reset(draft) {
    Object.assign(draft, { silence: 'reset', made: false });
  },
  hang(draft) {
    Object.assign(draft, { silence: 'hang', made: false });
  },
  slow_start(draft, { delayMs }) {
    draft.startDelayMs += delayMs;
  },
  slow_drip(draft, { delayMs, bytes = 64 }) {
    Object.assign(draft, { pieceBytes: bytes, pieceDelayMs: delayMs });
  },
  tiny_chunks(draft, { bytes = 1 }) {
    draft.pieceBytes = bytes;
  },
  cut(draft, { afterBytes, by }) {
    draft.cut = { afterBytes, by };
  },
  wrong_content_type(draft, { contentType = 'text/plain' }) {
    draft.headers['content-type'] = contentType;
  },
  broken_json(draft) {
    const middle = Math.floor(draft.events.length / 2);
    const json = JSON.stringify(draft.events[middle] ?? {});
    const half = json.slice(0, json.length / 2);
    draft.events[middle] = draft.stream ? `data: ${half}\n\n` : half;
  },
  huge_chunk(draft, { bytes = HUGE_BYTES }) {
    const at = draft.events.findIndex(hasText);
    const event = draft.events[at];
    if (event !== undefined) draft.events[at] = withTextBefore(event, 'x'.repeat(bytes));
  },
  missing_usage(draft) {
    draft.events = draft.events.filter(hasChoices).map((event) => withField(event, 'usage', undefined));
  },
  missing_finish(draft) {
    draft.events = draft.events.map(withoutFinishReason);
  },
  token_limit(draft) {
    draft.events = draft.events.map((event) => withFinishReason(event, 'length'));
  },
  broken_arguments(draft) {
    draft.events = draft.events.map(withHalfArguments);
  },
  duplicate_finish(draft) {
    if (draft.stream)
      draft.events = draft.events.flatMap((event) => (hasFinishReason(event) ? [event, event] : [event]));
  },
  missing_done(draft) {
    draft.done = false;
  },
  error_event(draft, { afterEvents = 2 }) {
    if (!draft.stream) return effects.error_body(draft, { type: 'error_body' });
    const error = errorBody('The model broke down', 'upstream_error');
    draft.events = [...draft.events.slice(0, afterEvents), error];
    draft.done = false;
  },
  keep_alive(draft) {
    draft.events = draft.stream
      ? draft.events.flatMap((event) => [': keep-alive\n\n', event])
      : ['\n\n\n', ...draft.events];
  },
  wrong_model(draft, { model }) {
    draft.events = draft.events.map((event) => withField(event, 'model', model));
  },
};

/** Makes one thing go wrong. A fault of streams does nothing to a whole reply, except where it says so. */
export function applyFault<T extends FaultType>(draft: Draft, fault: Extract<Fault, { type: T }>): void {
  const effect: Effects[T] = effects[fault.type as T];
  effect(draft, fault);
}

function fail(draft: Draft, status: number, message: string, code?: string): void {
  instead(draft, status, JSON.stringify(errorBody(message, code)));
  draft.headers['content-type'] = 'application/json';
}

/** No reply is made then, and nothing is billed. */
function instead(draft: Draft, status: number, body: string): void {
  Object.assign(draft, { status, body, made: false });
}

function errorBody(message: string, code: string | undefined) {
  return { error: { message, type: 'test_server_error', param: null, code: code ?? null } };
}
