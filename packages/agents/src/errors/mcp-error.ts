import { AgentError } from './agent-error.ts';

/**
 * An MCP server cannot be used: `mcp_options`, what `connectMCP()` was given makes no sense; `mcp_unavailable`, the server does not
 * start, answer or list its tools; `mcp_unsupported`, the package for it is missing.
 */
export class MCPError extends AgentError {
  override readonly name = 'MCPError';
  readonly code: 'mcp_options' | 'mcp_unavailable' | 'mcp_unsupported';

  constructor(code: MCPError['code'], message: string, options: { cause?: unknown } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : {});
    this.code = code;
  }
}
