import { createCallLog } from '@pd/call-log';

/** Records a run of two agents, one of whose calls fails. @returns the path of its journal */
export async function recordRun(dir: string, id: string, calls = 2): Promise<string> {
  const log = createCallLog({ dir, tree: 'inline' });
  await log.run({ id, name: 'demo' }, () => {
    for (let i = 0; i < calls; i++) {
      const call = { call_id: `c${i}`, agent: { id: i % 2 === 0 ? 'ann' : 'bob' } };
      const messages = [{ role: 'user', content: `question ${i}` }];
      log.logger({ type: 'call.start', ...call, operation: 'chat', provider: 'p', model: 'm', messages });
      log.logger(
        i === 1
          ? {
              type: 'call.end',
              call_id: `c${i}`,
              status: 'error',
              error: { type: 'RateLimitError', message: 'slow' },
            }
          : {
              type: 'call.end',
              call_id: `c${i}`,
              status: 'ok',
              reply: { message: { role: 'assistant', content: 'yes' } },
            },
      );
      log.logger({
        type: 'message',
        message_id: `m${i}`,
        from: 'ann',
        to: 'bob',
        content: 'yes',
        status: 'delivered',
      });
    }
  });
  await log.close();
  return `${dir}/${id}.jsonl`;
}
