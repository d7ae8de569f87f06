/** A budget for the run and one for an agent: what may cost too much is not sent. */
import { BudgetExceededError, createBudget, createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';

await using server = await startOfflineServer();
const run = createBudget({ usd: 1, name: 'run' });
const client = createLLMClient({
  model: 'stand-in-1',
  baseURL: server.url,
  prices: { 'custom/stand-in-1': { input: 2, output: 10 } }, // dollars per million tokens
  gates: [run],
});

const budget = createBudget({ usd: 0.01, name: 'poet', parent: run });
const poet = client.bind({ agent: { id: 'poet' }, gates: [budget] });
const ask = (max_completion_tokens: number) =>
  poet.chat({ messages: [{ role: 'user', content: 'A line about the sea.' }], max_completion_tokens });

const { costUsd } = await ask(100);
console.log(costUsd === run.spent.usd ? 'paid once, and on both accounts' : 'lost money?');
await ask(5_000).catch((error) => {
  if (!(error instanceof BudgetExceededError)) throw error;
  console.log(error.message);
});
