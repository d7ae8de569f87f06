/** @pd/visualizer: where a run's time went, and the first call in which another one differs. */
import { writeFile } from 'node:fs/promises';
import { SimpleAgent } from '@pd/agents';
import { createCallLog, readTree } from '@pd/call-log';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { runExchange } from '@pd/scenarios';
import { analyse, diffRuns, toDiffHtml, toReport, whatIf } from '@pd/visualizer';

await using server = await startOfflineServer();
const log = createCallLog({ dir: 'logs', tree: false });
const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger: log.logger });

async function record(name: string, benIs: string) {
  const ada = new SimpleAgent({ id: 'ada', client, systemPrompt: 'Be brief.' });
  const ben = new SimpleAgent({ id: 'ben', client, systemPrompt: benIs });
  const path = await log.run({ name }, async (run) => {
    const opening = 'What could a bus stop be?';
    await runExchange({ agents: [ada, ben], opening, maxTurns: 4, logger: log.logger });
    return run.journalPath;
  });
  return readTree(path);
}
const before = await record('before', 'Be brief.');
const after = await record('after', 'Be brief and kind.');
await log.close();

// Where the time went, and what would have shortened it.
const { path, slowest } = analyse(after);
const shares = path.agents.map(({ agentId, callMs }) => `${agentId} ${callMs} ms`);
console.log(`on the critical path: ${shares.join(', ')}; the slowest call was ${slowest[0]?.agentId}'s`);
const { durationMs } = whatIf(after, { kind: 'agent', agentId: 'ada', factor: 0.5 });
console.log(`with ada twice as fast: ${Math.round(durationMs)} ms`);
await writeFile('report.md', toReport(after));

// What differs. Times and ids do not count: they always do.
const diff = diffRuns(before, after);
const { agentId, b, differences = [] } = diff.firstDivergence ?? {};
const fields = differences.map(({ field }) => field);
console.log(`first difference: call ${b?.ordinal} of ${agentId} (${fields.join(', ')})`);
await writeFile('diff.html', toDiffHtml(before, after, { diff }));
