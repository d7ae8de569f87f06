import type { HistoryDialect, HistoryRule, ToolCallIdForm, Verdict } from './dialect.ts';

type Rules = Partial<Record<HistoryRule, Verdict>>;

/** What no server is known to want; some put up with it. */
const common: Rules = {
  malformed_message: 'doubtful',
  missing_result: 'doubtful',
  orphan_result: 'doubtful',
  misplaced_result: 'doubtful',
  result_order: 'doubtful',
  doubled_result: 'doubtful',
  doubled_call_id: 'doubtful',
  call_id_form: 'doubtful',
  broken_arguments: 'doubtful',
};

/** Tool calls and results are counted, and a request in which they do not match is answered with a 400. */
const strictTools: Rules = {
  ...common,
  missing_result: 'refused',
  orphan_result: 'refused',
  misplaced_result: 'refused',
};

/** The chat template of the model at hand decides, and some of them are strict. */
const template: Rules = {
  ...common,
  system_position: 'doubtful',
  developer_role: 'doubtful',
  same_role_twice: 'doubtful',
  user_after_tool: 'doubtful',
  starts_with_assistant: 'doubtful',
};

/** "string too long. Expected a string with maximum length 40" (vercel/ai#5171, opencode#12653; 64 with some models). */
const upTo40: ToolCallIdForm = {
  pattern: /^.{1,40}$/su,
  says: 'at most 40 characters',
  make: (digits) => `call_${digits.slice(0, 24)}`,
};

/**
 * The rules of each provider, by its name in the table. Read in November 2026 from documentation and from the errors
 * that people reported; never tried against the live services.
 */
export const dialects = {
  /**
   * "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'", "messages
   * with role 'tool' must be a response to a preceding message with 'tool_calls'".
   * @see https://github.com/langchain-ai/langchainjs/issues/6621
   */
  openai: { name: 'openai', rules: strictTools, toolCallId: upTo40 },
  /** As OpenAI. */
  azure: { name: 'azure', rules: strictTools, toolCallId: upTo40 },
  /**
   * System messages are collected at the beginning and roles need not alternate; empty texts are refused ("text content
   * blocks must be non-empty", claude-code#59812), ids must be `^[a-zA-Z0-9_-]+$` (qwen-code#8160). A conversation that
   * ends with the assistant is a prefill, which models since Claude 4.6 refuse (livekit/agents#4907).
   * @see https://platform.claude.com/docs/en/api/openai-sdk
   */
  anthropic: {
    name: 'anthropic',
    rules: { ...strictTools, empty_content: 'doubtful', last_role: 'doubtful' },
    toolCallId: {
      pattern: /^[a-zA-Z0-9_-]{1,64}$/,
      says: 'up to 64 letters, digits, "_" and "-"',
      make: (digits) => `call_${digits.slice(0, 24)}`,
    },
  },
  /**
   * "Please ensure that function call turn comes immediately after a user turn or after a function response turn"
   * (gemini-cli#11814), "the number of function response parts is equal to the number of function call parts"
   * (vscode#299295).
   * @see https://ai.google.dev/gemini-api/docs/openai
   */
  gemini: {
    name: 'gemini',
    rules: {
      ...strictTools,
      same_role_twice: 'doubtful',
      starts_with_assistant: 'doubtful',
      empty_content: 'doubtful',
    },
  },
  /**
   * "Not the same number of function calls and responses" (client-ts#106), "Tool call id … must be a-z, A-Z, 0-9, with a
   * length of 9" (gptel#1203), "Unexpected role 'user' after role 'tool'" (litellm#17761), "Expected last role User or
   * Tool (or Assistant with prefix True)" (crewAI#2194), "Assistant message must have either content or tool_calls, but not
   * none" (OpenHands#8685).
   */
  mistral: {
    name: 'mistral',
    rules: {
      ...strictTools,
      call_id_form: 'refused',
      user_after_tool: 'refused',
      last_role: 'refused',
      empty_content: 'doubtful',
      system_position: 'doubtful',
      developer_role: 'doubtful',
    },
    toolCallId: {
      pattern: /^[a-zA-Z0-9]{9}$/,
      says: 'exactly 9 letters and digits',
      make: (digits) => digits.slice(0, 9),
    },
  },
  /** "insufficient tool messages following tool_calls message" (DevoxxGenieIDEAPlugin#1194, agno#3105). */
  deepseek: { name: 'deepseek', rules: { ...strictTools, same_role_twice: 'doubtful' } },
  /**
   * "After the (optional) system message(s), user and assistant roles should be alternating" (perplexityai/api-discussion#265);
   * no later system message and no assistant at the end (pipecat#4009).
   */
  perplexity: {
    name: 'perplexity',
    rules: {
      ...common,
      same_role_twice: 'refused',
      user_after_tool: 'doubtful',
      system_position: 'refused',
      last_role: 'refused',
      starts_with_assistant: 'doubtful',
      developer_role: 'doubtful',
      empty_content: 'doubtful',
    },
  },
  /** "messages[].name" is refused. @see https://console.groq.com/docs/openai */
  groq: { name: 'groq', rules: { ...common, name_field: 'doubtful' } },
  xai: { name: 'xai', rules: common },
  openrouter: { name: 'openrouter', rules: common, toolCallId: upTo40 },
  together: { name: 'together', rules: common },
  fireworks: { name: 'fireworks', rules: common },
  cerebras: { name: 'cerebras', rules: common },
  /** "Conversation roles must alternate user/assistant/user/assistant/..." (autogen#1037). */
  vllm: { name: 'vllm', rules: template },
  /** As vLLM: the model's template decides (mistral-vibe#1006). */
  ollama: { name: 'ollama', rules: template },
  /** As vLLM (generic-copilot#43). */
  lmstudio: { name: 'lmstudio', rules: template },
  litellm: { name: 'litellm', rules: common },
  custom: { name: 'custom', rules: common },
} as const satisfies Record<string, HistoryDialect>;
