/**
 * Why an answer ended.
 *
 * | reason | |
 * |---|---|
 * | `done` | the model has answered |
 * | `length` | the answer is cut off at the model's limit of output tokens |
 * | `refusal` | the model does not answer; `refusal` says why |
 * | `content_filter` | the provider held the answer back |
 * | `empty` | the model said nothing |
 * | `blocked` | a guardrail did not let it pass; `blockedBy` says which |
 * | `approval` | a tool waits for a decision; `pending` is to be given to `resume()` |
 * | `ended_by_tool` | a tool that `endsTurn` has run |
 * | `max_handoffs` | agents have handed the conversation over to each other ten times |
 * | `max_steps`, `max_tokens`, `max_cost`, `max_seconds` | a limit of the agent was reached before the model was done |
 * | `unpriced` | there is a limit of cost, and the price of a call is not known |
 * | `invalid_object` | the model did not write the object that was asked for |
 * | `repeated_tool_call` | the model called a tool with the same arguments for the same result over and over |
 */
export type StopReason =
  | 'done'
  | 'length'
  | 'refusal'
  | 'content_filter'
  | 'empty'
  | 'blocked'
  | 'approval'
  | 'ended_by_tool'
  | 'max_handoffs'
  | 'max_steps'
  | 'max_tokens'
  | 'max_cost'
  | 'max_seconds'
  | 'unpriced'
  | 'invalid_object'
  | 'repeated_tool_call';
