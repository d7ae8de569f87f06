import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createScriptedClient } from '@pd/llm-client/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { SimpleAgent } from '../src/index.ts';
import type { MCPOptions, MCPSettings } from '../src/mcp/mcp-options.ts';
import { connectMCP, type MCPServer } from '../src/mcp.ts';
import { calls } from './support.ts';

const program = (name: string) => join(import.meta.dirname, 'fixtures', name);
const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

async function overStdio(settings: MCPSettings = {}): Promise<MCPServer> {
  return connectMCP({ command: process.execPath, args: [program('mcp-stdio.ts')], ...settings });
}

async function overHTTP(settings: MCPSettings = {}): Promise<MCPServer> {
  const child = spawn(process.execPath, [program('mcp-http.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  return connectMCP({ url: String(line).trim(), headers: { authorization: 'Bearer open' }, ...settings });
}

/** Lets an agent use the tools, one after the other, and gives what the model was told. */
async function use(server: MCPServer, names: string[], given: object = {}) {
  const client = createScriptedClient([...names.map((name) => calls({ name, arguments: given })), 'Done.']);
  const agent = new SimpleAgent({ id: 'a', client, tools: server.tools });
  const { toolRuns = [] } = await agent.respond({ content: 'Go.' });
  return toolRuns;
}

describe.each([
  ['stdio', overStdio],
  ['streamable HTTP', overHTTP],
])('an MCP server over %s', (_, connect) => {
  it('gives its tools to an agent: schemas as they are, names as providers take them', async () => {
    await using server = await connect();
    expect(server).toMatchObject({ name: 'small', instructions: 'Be brief.' });
    const [add] = server.tools;
    expect(add?.function).toMatchObject({
      name: 'math_add',
      description: 'Adds two numbers.',
      parameters: { type: 'object', properties: { a: { type: 'number' } }, required: ['a', 'b'] },
    });
    expect(server.tools[1]?.function.name).toBe('math_add_2');
    const runs = await use(server, ['math_add', 'math_add_2'], { a: 2, b: 3 });
    expect(runs.map(({ status, content }) => [status, content])).toEqual([
      ['ok', '5'],
      ['ok', 'the other'],
    ]);
  });

  it('gives pictures to the program, and says to the model that there is one', async () => {
    await using server = await connect();
    const [run] = await use(server, ['picture']);
    expect(JSON.parse(run?.content ?? '')).toEqual({
      text: 'a dot',
      media: [{ mime_type: 'image/png', bytes: 70 }],
      resources: [{ uri: 'file:///dot.txt', text: 'dot' }],
    });
    expect(run?.result).toMatchObject({ media: [{ data: expect.stringMatching(/^iVBOR/) }] });
  });

  it('has its failures told to the model', async () => {
    await using server = await connect({ timeoutMs: 500 });
    const runs = await use(server, ['broken', 'throws', 'never', 'math_add']);
    expect(runs.map(({ status }) => status)).toEqual(['error', 'error', 'timeout', 'error']);
    expect(runs[0]?.content).toContain('out of ink');
    expect(runs[1]?.content).toContain('a bug');
    expect(runs[3]?.content).toMatch(/number/);
  });

  it('that learns has its new tool used, by the same agent', async () => {
    const changed = Promise.withResolvers<void>();
    await using server = await connect({ onToolsChanged: (tools) => tools.length > 8 && changed.resolve() });
    const client = createScriptedClient([
      calls({ name: 'learn' }),
      'Learnt.',
      calls({ name: 'learnt' }),
      'Used.',
    ]);
    const agent = new SimpleAgent({ id: 'a', client, tools: () => server.tools });
    await agent.respond({ content: 'Learn.' });
    await changed.promise;
    const { toolRuns } = await agent.respond({ content: 'Use it.' });
    expect(toolRuns).toMatchObject([{ name: 'learnt', status: 'ok' }]);
  });

  it('that dies in the middle is told to the model, and so is the next call', async () => {
    await using server = await connect({ timeoutMs: 5_000 });
    const runs = await use(server, ['die', 'picture']);
    expect(runs.map(({ status }) => status)).toEqual(['error', 'error']);
    expect(runs[0]?.content).toContain('the MCP server');
    await expect(server.refresh()).rejects.toMatchObject({ code: 'mcp_unavailable' });
  });

  it('has only the tools that are wanted, with a prefix, and none after its close', async () => {
    const server = await connect({
      prefix: 'small',
      include: (name) => name === 'picture',
      approval: 'deny',
    });
    expect(server.tools.map((tool) => tool.function.name)).toEqual(['small_picture']);
    expect(await use(server, ['small_picture'])).toMatchObject([{ status: 'denied' }]);
    await Promise.all([server.close(), server.close()]);
    await server[Symbol.asyncDispose]();
  });
});

describe('connectMCP', () => {
  it('says what a program that ends at once has said', async () => {
    const options = {
      command: process.execPath,
      args: ['-e', 'console.error("no licence"); process.exit(3)'],
    };
    await expect(connectMCP(options)).rejects.toMatchObject({
      code: 'mcp_unavailable',
      message: expect.stringContaining('no licence'),
    });
  });

  it('says that there is no such program, that nobody listens, and that the door is closed', async () => {
    const closed = createServer((_, response) => response.writeHead(403).end()).listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as { port: number };
    const bad: MCPOptions[] = [
      { command: '/nowhere/at-all' },
      { url: 'http://127.0.0.1:1/mcp' },
      { url: `http://127.0.0.1:${port}/mcp` },
    ];
    for (const options of bad)
      await expect(connectMCP(options)).rejects.toMatchObject({ code: 'mcp_unavailable' });
    closed.close();
  });

  it('ends after its time, and by its signal', async () => {
    const silent = { command: process.execPath, args: ['-e', 'setInterval(() => {}, 1000)'] };
    await expect(connectMCP({ ...silent, connectTimeoutMs: 300 })).rejects.toMatchObject({
      code: 'mcp_unavailable',
    });
    const reason = new Error('enough');
    const controller = new AbortController();
    const connecting = connectMCP({ ...silent, signal: controller.signal });
    setTimeout(() => controller.abort(reason), 100);
    await expect(connecting).rejects.toBe(reason);
  }, 20_000);

  it.each([
    undefined,
    {},
    { command: 'x', url: 'http://127.0.0.1' },
    { command: '' },
    { url: 'ftp://127.0.0.1' },
    { command: 'x', prefix: 'a b' },
    { command: 'x', connectTimeoutMs: 0 },
  ])('refuses %o', async (options) => {
    await expect(connectMCP(options as MCPOptions)).rejects.toMatchObject({ code: 'mcp_options' });
  });
});
