/** What came of one tool call. */
export interface ToolRun {
  /** The model's id of the call. */
  id: string;
  name: string;
  /** As the model wrote them, parsed; the text where it is not JSON. */
  arguments: unknown;
  status: 'ok' | 'error' | 'denied' | 'timeout' | 'aborted';
  /** What the model is told. */
  content: string;
  /**
   * What the tool returned, when it did and it is what it should be. Of a tool that was not run because its run is resumed:
   * what the model was told, parsed, or the text where that is not JSON.
   */
  result?: unknown;
  /** How often it was tried; 0 when it was not, because its result is on record. */
  attempts: number;
  durationMs: number;
}
