import type { JsonObject, JsonValue } from '../schema/json.ts';

type Keep = (value: JsonValue) => JsonValue | undefined;

/**
 * The fields of a record without what was said: who, of which kind, when, how long, how many and how it ended stay. Only what is
 * known to be no content stays, so that a field that nobody has thought of is left out. No hash, because what is hashed can be guessed.
 */
export function withoutContent(fields: JsonObject): JsonObject {
  return pick(fields, (name) => (Object.hasOwn(recordFields, name) ? recordFields[name] : undefined));
}

/** What stands in the place of something that was said. */
export function notCaptured(content: JsonValue): string {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return `[not captured, ${text.length} characters]`;
}

/** A name, an id, a number or a flag. */
const scalar: Keep = (value) => (typeof value === 'object' && value !== null ? undefined : value);
const figure: Keep = (value) => (typeof value === 'number' || typeof value === 'boolean' ? value : undefined);
const list =
  (keep: Keep): Keep =>
  (value) =>
    Array.isArray(value) ? value.map((item) => keep(item) ?? null) : undefined;

/** Of an object: the named fields as they are, the others as `other` says. Names that are no identifiers may be content. */
const object =
  (known: Readonly<Record<string, Keep>>, other?: Keep): Keep =>
  (value) =>
    isObject(value)
      ? pick(value, (name) =>
          Object.hasOwn(known, name) ? known[name] : /^\w{1,40}$/.test(name) ? other : undefined,
        )
      : undefined;

const scalars = (names: string): Record<string, Keep> =>
  Object.fromEntries(names.split(' ').map((name) => [name, scalar]));

/** Whether there is something, and how much. */
const something: Keep = (value) =>
  value === null || typeof value === 'boolean' ? value : notCaptured(value);

/** A chat message, a part of one, a tool call, a tool or an item of the Responses API: its kind, its name, how long it is. */
const message: Keep = (value) => (isObject(value) ? messageFields(value) : something(value));
const parts: Keep = (value) =>
  Array.isArray(value)
    ? value.map((part) => message(part) ?? null)
    : isObject(value)
      ? message(value)
      : something(value);
const messageFields: Keep = object(
  {
    ...scalars('role type name id call_id tool_call_id status'),
    content: parts,
    tool_calls: parts,
    function: parts,
    custom: parts,
  },
  something,
);

/** Numbers and flags; of texts those that choose among a few words of the API; of objects their type and flags. */
const parameter: Keep = (value) =>
  typeof value === 'number' ? value : isObject(value) ? settings(value) : something(value);
const settings = object(scalars('type'), (value) => (typeof value === 'boolean' ? value : something(value)));
const parameters = object(
  scalars('encoding_format reasoning_effort service_tier tool_choice truncation verbosity'),
  parameter,
);

const usage = object(scalars('source'), figure);
const error = object({ ...scalars('type code provider_code status'), message: something });
const reply = object({
  ...scalars('id model finish_reason finish_reason_raw partial cached'),
  message,
  other_choices: list(message),
  output: list(message),
});

// `chunks` is not among them: how long each piece of a text is tells what it says, because tokens have typical lengths.
const recordFields: Readonly<Record<string, Keep>> = {
  ...scalars(
    'call_id parent_call_id agent_id agent_source operation provider model number status name level',
  ),
  ...scalars('waited_ms http_status retry_after_ms duration_ms time_to_first_chunk_ms cost_usd'),
  ...scalars('message_id from to tool_call_id step_id ordinal'),
  agent: object(scalars('id name role parent_id')),
  messages: list(message),
  parameters,
  tools: list(message),
  metadata: object({}, something),
  mended: list(object({ ...scalars('rule index tool_call_id'), message: something })),
  reply,
  usage,
  error,
  content: something,
  message: something,
  fields: object({}, something),
  arguments: something,
  result: something,
  value: something,
};

function pick(fields: JsonObject, keeping: (name: string) => Keep | undefined): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const kept = keeping(name)?.(value);
      return kept === undefined ? [] : [[name, kept]];
    }),
  );
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
