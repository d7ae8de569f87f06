import { connect, Socket } from 'node:net';
import { join } from 'node:path';
import { createCallLog } from '@pd/call-log';
import { createLLMClient, type LLMClientOptions } from '@pd/llm-client';
import { runScenario } from '@pd/scenarios';
import { exchangeOfTwo } from '../src/scenarios/exchange.ts';

/** The demo's exchange as a program of its own: `node exchange-program.ts '{ "dir": …, "client": { … } }'`. Prints its journal. */
const { dir, client, blocked } = JSON.parse(process.argv[2] ?? '') as {
  dir: string;
  client: LLMClientOptions;
  /** Whether whatever would reach a network throws. */
  blocked: boolean;
};

if (blocked) {
  const refuse = (): never => {
    throw new Error('this program is not to use the network');
  };
  globalThis.fetch = refuse;
  // What every client of HTTP, TLS and TCP comes through; `connect` and `createConnection` call it.
  Socket.prototype.connect = refuse;
  try {
    connect(9, '127.0.0.1');
    throw new Error('sockets are not blocked');
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('not to use')) throw error;
  }
}

await using log = createCallLog({ dir });
const { runId } = await runScenario(exchangeOfTwo.scenario, {
  log,
  client: createLLMClient({ ...client, logger: log.logger }),
  input: { topic: 'How does one build a bridge?' },
  seed: '1',
});
process.stdout.write(join(dir, `${runId}.jsonl`));
