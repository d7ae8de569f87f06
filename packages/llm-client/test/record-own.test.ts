import type { LogEvent } from '@pd/call-log/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLLMClient, type OwnEvent } from '../src/index.ts';
import { type OfflineServer, startOfflineServer } from '../src/offline.ts';

let server: OfflineServer;
beforeAll(async () => {
  server = await startOfflineServer();
});
afterAll(() => server.close());

const client = (events: LogEvent[]) =>
  createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger: (event) => events.push(event) });

describe('client.record', () => {
  it('puts an event where the calls go, with the run and the agent of a bound client', () => {
    const events: LogEvent[] = [];
    const bound = client(events).bind({ agent: { id: 'a' }, metadata: { run_id: 'r' } });
    bound.record({ type: 'tool.start', call_id: 'c', tool_call_id: 't', name: 'f' });
    bound.record({ type: 'log', level: 'info', message: 'said' });
    bound.record({ type: 'log', level: 'info', agent_id: 'other', run_id: 'another' });
    expect(events).toEqual([
      { type: 'tool.start', call_id: 'c', tool_call_id: 't', name: 'f', run_id: 'r', at: expect.any(String) },
      { type: 'log', level: 'info', message: 'said', agent_id: 'a', run_id: 'r', at: expect.any(String) },
      { type: 'log', level: 'info', agent_id: 'other', run_id: 'another', at: expect.any(String) },
    ]);
  });

  it('leaves out what only a call may say, and what is no event', () => {
    const events: LogEvent[] = [];
    for (const event of [{ type: 'call.end', call_id: 'c' }, {}, null, 7])
      client(events).record(event as OwnEvent);
    expect(events).toEqual([]);
  });

  it('never throws', () => {
    const failing = createLLMClient({
      model: 'stand-in-1',
      baseURL: server.url,
      logger: () => {
        throw new Error('full');
      },
      onLoggerError: () => {},
    });
    failing.record({ type: 'log', level: 'info' });
    createLLMClient({ model: 'm', baseURL: server.url }).record({ type: 'log', level: 'info' });
  });
});
