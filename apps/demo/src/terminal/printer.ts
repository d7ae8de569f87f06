import type { ScenarioEvent } from '@pd/scenarios';

/** Shows a run while it goes on. */
export interface Printer {
  /**
   * @param label where replies come from
   * @param about what is played
   */
  intro(label: string, about?: string): void;
  event(event: ScenarioEvent): void;
  /** A warning or an error, in one line. */
  problem(line: string): void;
}

/** Where a printer writes; a process's standard streams, as a rule. */
export interface Streams {
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
}
