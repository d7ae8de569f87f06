/** @pd/call-log as a pino transport: your logger stays your logger, calls go to the journal and the tree. */

import { callLogMixin, toPinoLogger, withAgent } from '@pd/call-log';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import pino from 'pino';

const transport = pino.transport({
  targets: [
    { target: 'pino/file', options: { destination: 'app.log' } },
    {
      target: '@pd/call-log/transport',
      level: 'trace',
      options: { dir: 'logs', defaultRun: { id: 'my-run' }, keepLines: true },
    },
  ],
});
const log = pino({ mixin: callLogMixin }, transport);

log.info('an ordinary line, kept in the timeline of the run');
await using server = await startOfflineServer();
// At a level of their own, so that no other target sees the calls.
const logger = toPinoLogger(log, { level: 'trace' });
const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger });
await withAgent({ id: 'greeter' }, () => client.chat({ messages: [{ role: 'user', content: 'Hello!' }] }));

const closed = new Promise((resolve) => transport.once('close', resolve));
transport.end();
await closed;
console.log('the call is in logs/my-run.json');
