import type { styleText } from 'node:util';
import type { RunTree } from '@pd/call-log/schema';

/** What goes into a file: in one piece, or in many. */
export type Content = string | Uint8Array | AsyncIterable<string>;

/** What the command line touches of the world. */
export interface Terminal {
  /** Standard output: results, and nothing else. */
  out(text: string): void;
  err(text: string): void;
  /** Colours for standard output; plain text where it is no terminal or `NO_COLOR` is set. */
  paint(format: Parameters<typeof styleText>[0], text: string): string;
  /** Width of standard output; absent when it is no terminal. */
  columns?: number;
  stderrIsTerminal: boolean;
  now(): Date;
  /** Shows where an error came from. */
  showStacks: boolean;
  readTree(path: string): Promise<RunTree>;
  /** Writes all of it or nothing. */
  writeFile(path: string, content: Content): Promise<void>;
  /** Standard output for what is no text. */
  outBytes(bytes: Uint8Array): void;
  version(): Promise<string>;
}

/** One command, such as `html`. */
export interface Command {
  /** One line for the list of commands. */
  summary: string;
  /** What `--help` says. */
  help: string;
  /** @returns the exit code. @throws {UsageError} when the arguments are not understood */
  run(args: readonly string[], terminal: Terminal): Promise<number>;
}
