/** @pd/visualizer: a recorded run as one page that opens from the disk, and as Mermaid. */
import { writeFile } from 'node:fs/promises';
import { createCallLog, readTree } from '@pd/call-log';
import { toHtml, toMermaid } from '@pd/visualizer';

const log = createCallLog({ dir: 'logs', tree: false });
const path = await log.run({ name: 'two messages' }, (run) => {
  const messages = [{ role: 'user', content: 'Is it raining?' }];
  log.logger({
    type: 'message',
    message_id: 'm1',
    from: 'ann',
    to: 'bot',
    content: 'Is it raining?',
    status: 'handled',
  });
  log.logger({
    type: 'call.start',
    call_id: 'c1',
    agent: { id: 'bot' },
    operation: 'chat',
    provider: 'mine',
    model: 'm',
    messages,
  });
  log.logger({
    type: 'call.end',
    call_id: 'c1',
    status: 'ok',
    reply: { message: { role: 'assistant', content: 'No.' } },
  });
  log.logger({
    type: 'message',
    message_id: 'm2',
    from: 'bot',
    to: 'ann',
    call_id: 'c1',
    content: 'No.',
    status: 'delivered',
  });
  return run.journalPath;
});
await log.close();

const tree = await readTree(path);
await writeFile('run.html', toHtml(tree));
console.log(toMermaid(tree, { kind: 'sequence' }));
