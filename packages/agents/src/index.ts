export type { Agent, AgentReply, AgentStream, IncomingMessage, RespondOptions } from './agent.ts';
export { type AgentIdentity, BaseAgent } from './base-agent.ts';
export { CHAOS_PROMPT, ChaosAgent, type ChaosAgentOptions } from './chaos-agent.ts';
export { AgentError } from './errors/agent-error.ts';
export { InvalidAgentError } from './errors/invalid-agent-error.ts';
export { ModelAgent, type ModelAgentOptions } from './model-agent.ts';
export { SimpleAgent, type SimpleAgentOptions } from './simple-agent.ts';
