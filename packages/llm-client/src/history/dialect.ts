/** What can be wrong with a history. */
export type HistoryRule =
  /** Not an object with a role. */
  | 'malformed_message'
  /** A tool call that no tool message answers. */
  | 'missing_result'
  /** A tool message that answers no call. */
  | 'orphan_result'
  /** A result that does not stand directly after its call. */
  | 'misplaced_result'
  /** Results of one message in another order than its calls. */
  | 'result_order'
  /** A call that is answered twice. */
  | 'doubled_result'
  /** Two calls with one id. */
  | 'doubled_call_id'
  /** An id that is missing, too long, or has other characters than the provider takes. */
  | 'call_id_form'
  /** Arguments that are no JSON, as a stream that broke off leaves them. */
  | 'broken_arguments'
  /** A system message after the conversation has begun. */
  | 'system_position'
  /** `developer`, where only `system` is known. */
  | 'developer_role'
  /** Two user or two assistant messages in a row. */
  | 'same_role_twice'
  /** A user message directly after a tool's result. */
  | 'user_after_tool'
  /** An assistant message before any user message. */
  | 'starts_with_assistant'
  /** A last message that is not the user's or a tool's, and is not marked `prefix: true`. */
  | 'last_role'
  /** A message, or a text part of one, without text. */
  | 'empty_content'
  /** `name` beside `role`. */
  | 'name_field';

/**
 * How sure it is that a request which breaks a rule fails: `refused`, the provider answers with an error; `doubtful`,
 * it depends on the model or the version, or has only been heard of.
 */
export type Verdict = 'refused' | 'doubtful';

/** What a provider takes for an id of a tool call. */
export interface ToolCallIdForm {
  pattern: RegExp;
  /** The form in words, for messages. */
  says: string;
  /** An id of that form from hexadecimal digits, of which there are 64. */
  make(digits: string): string;
}

/** The rules a provider has for the messages of a request. A rule that is not named is not checked. */
export interface HistoryDialect {
  /** Whose it is, for messages. */
  name: string;
  rules: Readonly<Partial<Record<HistoryRule, Verdict>>>;
  /** Default: any text that is not empty. */
  toolCallId?: ToolCallIdForm;
}
