export { MCPError } from './errors/mcp-error.ts';
export { connectMCP, type MCPServer } from './mcp/connect-mcp.ts';
export type { MCPCommand, MCPOptions, MCPSettings, MCPURL } from './mcp/mcp-options.ts';
export type { MCPImage, MCPResult } from './mcp/to-result.ts';
