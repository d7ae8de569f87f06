/** @pd/agents/mcp: an agent with the tools of an MCP server. The server is this very file, started again. */

import { McpServer } from '@modelcontextprotocol/server';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { SimpleAgent } from '@pd/agents';
import { connectMCP } from '@pd/agents/mcp';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { z } from 'zod';

if (process.argv.includes('--serve')) {
  const server = new McpServer({ name: 'kitchen', version: '1.0.0' });
  const input = z.object({ dish: z.string() });
  server.registerTool(
    'find_recipe',
    { description: 'Finds the recipe of a dish.', inputSchema: input },
    ({ dish }) => ({
      content: [{ type: 'text', text: `${dish}: take what is there.` }],
    }),
  );
  await server.connect(new StdioServerTransport());
} else {
  await using server = await startOfflineServer();
  const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url });
  await using kitchen = await connectMCP({
    command: process.execPath,
    args: [import.meta.filename, '--serve'],
  });
  const cook = new SimpleAgent({ id: 'cook', client, tools: kitchen.tools });
  const { toolRuns } = await cook.respond({ content: 'Find the recipe of a dish called "soup".' });
  for (const { name, status, content } of toolRuns ?? [])
    console.log(`${kitchen.name}.${name}: ${status}: ${content}`);
}
