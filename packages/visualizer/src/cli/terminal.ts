import type { RunTree } from '@pd/call-log/schema';
import type { Paint } from '@pd/call-log/terminal';
import type { Content } from '../output/content.ts';
import type { Log } from '../read/log.ts';

/** What the command line touches of the world. */
export interface Terminal {
  /** Standard output: results, and nothing else. */
  out(text: string): void;
  err(text: string): void;
  /** Standard output for much, or for what is no text; resolves when it is taken. */
  write(content: Content): Promise<void>;
  /** Colours for standard output; plain text where it is no terminal or `NO_COLOR` is set. */
  paint: Paint;
  /** Width of standard output; absent when it is no terminal. */
  columns?: number;
  stderrIsTerminal: boolean;
  now(): Date;
  /** Shows where an error came from. */
  showStacks: boolean;
  /**
   * Reads a log and tells what there is to say of it on standard error, with the name of the log if it is one of
   * several.
   *
   * @throws when it is none, in words for a person
   */
  readLog(given: string, dir: string, isOneOfSeveral?: boolean): Promise<Log>;
  /** Only the tree, of a log that is given by its path. */
  readTree(path: string): Promise<RunTree>;
  /** Writes all of it or nothing. @throws {OutputError} when it cannot be written */
  writeFile(path: string, content: Content): Promise<void>;
  version(): Promise<string>;
}

/** One command, such as `html`. */
export interface Command {
  /** One line for the list of commands. */
  summary: string;
  /** What `--help` says. */
  help: string;
  /** What the exit code is when it fails. Default 1. */
  failureCode?: number;
  /** @returns the exit code. @throws {UsageError} when the arguments are not understood */
  run(args: readonly string[], terminal: Terminal): Promise<number>;
}
