/** Traces of `@openai/agents` as runs of the log; needs no package of that SDK itself. */
export type { AgentsSpan, AgentsSpanData, AgentsTrace } from './openai-agents/agents-span.ts';
export {
  type AgentsLogOptions,
  type CallLogTracingProcessor,
  createTracingProcessor,
} from './openai-agents/tracing-processor.ts';
