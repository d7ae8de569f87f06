import type { Fault } from './fault.ts';

/** How a request is answered: what a healthy server would say, and what goes wrong with it. `{}` is a healthy answer. */
export interface TestAnswer {
  /** Default: a sentence in several scripts that names the request, so that no two are alike. */
  text?: string;
  reasoning?: string;
  toolCalls?: readonly { name: string; arguments?: object; id?: string }[];
  /** In OpenAI's words. Default: `tool_calls` with tool calls, else `stop`. */
  finishReason?: string;
  /** In tokens. Default: one for every four characters. */
  usage?: { input: number; output: number };
  faults?: readonly Fault[];
}
