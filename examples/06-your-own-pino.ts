/** @pd/call-log as a pino transport: your logger stays your logger, calls go to the journal and the tree. */

import { toPinoLogger, withAgent } from '@pd/call-log';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import pino from 'pino';

const transport = pino.transport({
  targets: [
    { target: 'pino/file', options: { destination: 'app.log' } },
    { target: '@pd/call-log/transport', options: { dir: 'logs', defaultRun: { id: 'my-run' } } },
  ],
});
const log = pino(transport);

log.info('an ordinary line passes by');
await using server = await startOfflineServer();
const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger: toPinoLogger(log) });
await withAgent({ id: 'greeter' }, () => client.chat({ messages: [{ role: 'user', content: 'Hello!' }] }));

const closed = new Promise((resolve) => transport.once('close', resolve));
transport.end();
await closed;
console.log('the call is in logs/my-run.json');
