/**
 * What goes round. `repeated_tool_call`: the same tools for the same, with the same result; `repeated_message`: one agent
 * says the same; `ping_pong`: two agents, in turn; `cycle`: anything longer.
 */
export type LoopReason = 'repeated_tool_call' | 'repeated_message' | 'ping_pong' | 'cycle';

/** A conversation that goes round. */
export interface ProgressVerdict {
  /** `nudge`: tell the agents once, with `text`. `stop`: they have been told, and go on. */
  type: 'nudge' | 'stop';
  reason: LoopReason;
  /** For a nudge, what to tell the agents; for a stop, what to tell whoever runs them. Names what repeats. */
  text: string;
  /** The turns that repeat, in order, a line each: `from → to: what`. */
  repeats: readonly string[];
  /** How often the turns have been gone through, the first time included. */
  times: number;
}
