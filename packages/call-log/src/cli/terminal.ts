import type { Paint } from './style.ts';

/** What the command line touches of the world, the logs apart. */
export interface Terminal {
  /** Standard output: results, and nothing else. */
  out(text: string): void;
  err(text: string): void;
  /** Colours for standard output. */
  paint: Paint;
  paintErr: Paint;
  /** Width of standard output; absent when it is no terminal. */
  columns?: number;
  stderrIsTerminal: boolean;
  /** Asks the person at the terminal; `undefined` when there is none. */
  confirm(question: string): Promise<boolean | undefined>;
  now(): Date;
  /** Shows where an error came from. */
  showStacks: boolean;
}

/** One command, such as `ls`. */
export interface Command {
  /** One line for the list of commands. */
  summary: string;
  /** What `--help` says. */
  help: string;
  /** @returns the exit code. @throws {UsageError} when the arguments are not understood */
  run(args: readonly string[], terminal: Terminal): Promise<number>;
}
