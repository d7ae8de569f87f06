/** @pd/call-log alone: put the call of any client on record, by hand. */
import { createCallLog, withAgent } from '@pd/call-log';

const log = createCallLog({ dir: 'logs' });

await log.run({ name: 'by hand' }, (run) =>
  withAgent({ id: 'translator' }, async () => {
    const messages = [{ role: 'user', content: 'Say hello in French.' }];
    // On disk when this returns; only then does your client send anything.
    log.logger({
      type: 'call.start',
      call_id: 'c1',
      operation: 'chat',
      provider: 'mine',
      model: 'm',
      messages,
    });
    const reply = await yourOwnClient(messages);
    log.logger({ type: 'call.end', call_id: 'c1', status: 'ok', reply: { message: reply } });
    console.log(`recorded in ${run.journalPath}`);
  }),
);
await log.close();

async function yourOwnClient(_messages: object[]) {
  return { role: 'assistant', content: 'Bonjour.' };
}
