/**
 * The journal's own field names and values. None is a secret, and without them no record can be read. Written out
 * and not read from the schemas, because whoever only records should not have to load zod; a test compares the two.
 */
export const vocabulary: ReadonlySet<string> = new Set(
  `
  seq at type schema_version run_id segment resumes host boot_id pid process_start capture_content writer name metadata
  agent call_id agent_id agent_source parent_call_id operation provider model history messages
  parameters tools mended rule index exact number waited_ms status http_status retry_after_ms duration_ms error usage
  cost_usd text time_to_first_chunk_ms reply chunks message_id from to content tool_call_id
  arguments result level fields step_id ordinal value dropped redactions logger_errors log_overhead_us id role parent_id input_tokens
  output_tokens cache_read_input_tokens cache_creation_input_tokens reasoning_output_tokens source
  code provider_code message output other_choices other_ends finish_reason finish_reason_raw
  logprobs count dimensions partial cached ends at_ms restarts attempt vectors

  explicit binding context unknown ok aborted timeout truncated delivered handled rejected
  dead_lettered chat responses embeddings completed failed interrupted estimated none denied
`.match(/\w+/g),
);
