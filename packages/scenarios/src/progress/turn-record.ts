/** One tool run of a turn. */
export interface ToolRunRecord {
  name: string;
  /** As the model gave them: a value, or the JSON of one. */
  arguments: unknown;
  /** The result as the model got it, an error's message included. */
  content: string;
}

/** One turn, as a watch is told of it. */
export interface TurnRecord {
  from: string;
  /** Nobody in particular when absent. */
  to?: string | undefined;
  content: string;
  /** In the order of the calls. */
  toolRuns?: readonly ToolRunRecord[] | undefined;
}
