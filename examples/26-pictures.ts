/** @pd/visualizer: one run as a page, a picture, a diagram, a table and a transcript. */
import { writeFile } from 'node:fs/promises';
import { SimpleAgent } from '@pd/agents';
import { createCallLog, readTree } from '@pd/call-log';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { runExchange } from '@pd/scenarios';
import { toCsv, toDot, toGraph, toHtml, toMarkdown, toMermaid, toSvg } from '@pd/visualizer';

await using server = await startOfflineServer();
const log = createCallLog({ dir: 'logs', tree: false });
const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger: log.logger });
const agents = [new SimpleAgent({ id: 'ada', client }), new SimpleAgent({ id: 'ben', client })] as const;
const path = await log.run({ name: 'bus stops' }, async (run) => {
  await runExchange({ agents, opening: 'What could a bus stop be?', maxTurns: 4, logger: log.logger });
  return run.journalPath;
});
await log.close();

const tree = await readTree(path);
await writeFile('run.html', toHtml(tree)); // everything, to look through
await writeFile('run.svg', toSvg(tree, { theme: 'auto' })); // for a paper or a talk
await writeFile('run.md', toMarkdown(tree)); // what was said, to read
await writeFile('run.csv', toCsv(tree)); // a row per call
await writeFile('run.dot', toDot(tree)); // for Graphviz
console.log(toMermaid(tree)); // for a README

// The graph is data, of the whole run or of a moment.
const { nodes, edges } = toGraph(tree);
console.log(`${nodes.length} nodes, ${edges.length} edges`);
