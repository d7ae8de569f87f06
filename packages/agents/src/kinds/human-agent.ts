import type { AgentReply, IncomingMessage, RespondOptions } from '../agent.ts';
import { InvalidAgentError } from '../errors/invalid-agent-error.ts';
import { NobodyThereError } from '../errors/nobody-there-error.ts';
import { TerminalLines } from '../human/terminal-lines.ts';
import { untilAborted } from '../until-aborted.ts';
import { BaseAgent, type BaseAgentOptions } from './base-agent.ts';

export interface HumanAgentOptions extends BaseAgentOptions {
  /** Asks the person. Default: the message is written to `output`, and a line read from `input`. */
  ask?: (message: IncomingMessage, options: RespondOptions) => string | Promise<string>;
  /** Default: the process's standard input. */
  input?: NodeJS.ReadableStream;
  /** Default: the process's standard output. */
  output?: NodeJS.WritableStream;
}

/** A person, at a terminal or behind a function. Close it when it is no longer needed, if its input is to be. */
export class HumanAgent extends BaseAgent {
  readonly #ask: (message: IncomingMessage, options: RespondOptions) => string | Promise<string>;
  #lines: TerminalLines | undefined;

  /** @throws {InvalidAgentError} when `ask` is no function */
  constructor({ ask, input = process.stdin, output = process.stdout, ...options }: HumanAgentOptions) {
    super(options, 'person');
    if (ask !== undefined && typeof ask !== 'function')
      throw new InvalidAgentError(`ask of the person ${this.id} has to be a function`);
    this.#ask = ask ?? ((message, asked) => this.#askAtTerminal(message, asked, input, output));
  }

  /** Stops reading from the terminal; whoever is asked after that is not there. */
  close(): void {
    this.#lines?.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** @throws {NobodyThereError} when the input is closed; the signal's reason, also when `ask` takes no notice of it */
  protected override async reply(message: IncomingMessage, options: RespondOptions): Promise<AgentReply> {
    const content = await untilAborted(options.signal, () => this.#ask(message, options));
    if (typeof content !== 'string') throw new TypeError(`the person ${this.id} has to answer with a text`);
    return { content };
  }

  async #askAtTerminal(
    { content, from }: IncomingMessage,
    { signal }: RespondOptions,
    input: NodeJS.ReadableStream,
    output: NodeJS.WritableStream,
  ): Promise<string> {
    this.#lines ??= new TerminalLines(input, output);
    const said = `${from === undefined ? '' : `${from}: `}${content}`;
    const line = await this.#lines.next(`${visible(said)}\n${visible(this.name)}> `, signal);
    if (line === undefined) throw new NobodyThereError(this.id);
    return line;
  }
}

/** A model's text must not drive the terminal: control characters but line breaks and tabs are left out. */
function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this is about
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}
