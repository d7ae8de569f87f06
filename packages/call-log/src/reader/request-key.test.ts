import { describe, expect, it } from 'vitest';
import { callStart, useTempDir } from '../../test/helpers.ts';
import { createCallLog } from '../call-log.ts';
import { callsById, expandRequest } from '../tree/expand-request.ts';
import { readTree } from './read-tree.ts';
import { requestKey } from './request-key.ts';

const tempDir = useTempDir();
const messages = [{ role: 'user', content: 'hi' }];

describe('requestKey', () => {
  it('does not depend on the order of keys or on how the reply is carried', () => {
    const key = requestKey({ model: 'm', messages, parameters: { temperature: 0, seed: 1 } });
    expect(
      requestKey({
        messages: [{ content: 'hi', role: 'user' }],
        model: 'm',
        parameters: { seed: 1, temperature: 0 },
      }),
    ).toBe(key);
    expect(
      requestKey({
        model: 'm',
        messages,
        parameters: { seed: 1, temperature: 0, stream: true, stream_options: {} },
        tools: [],
      }),
    ).toBe(key);
    expect(
      requestKey({ model: 'm', messages, parameters: { seed: 1, temperature: 0, top_p: undefined } }),
    ).toBe(key);
  });

  it.each([
    ['model', { model: 'n', messages }],
    ['messages', { model: 'm', messages: [...messages, ...messages] }],
    ['parameters', { model: 'm', messages, parameters: { temperature: 1 } }],
    ['tools', { model: 'm', messages, tools: [{ type: 'function' }] }],
  ])('depends on the %s', (_, request) => {
    expect(requestKey(request)).not.toBe(requestKey({ model: 'm', messages }));
  });

  it('is the same for a live request and the recorded one, also when the record is redacted', async () => {
    const redact = { secrets: ['hunter2hunter2'] };
    const log = createCallLog({ dir: tempDir(), tree: false, redact });
    const live = {
      model: 'gpt-x',
      messages: [{ role: 'user', content: 'the password is hunter2hunter2' }],
      parameters: { user: 'u' },
    };
    log.logger(callStart('c', live));
    const { journalPath } = log.defaultRun();
    await log.close();
    const calls = callsById(await readTree(journalPath));
    const call = calls.get('c');
    if (call === undefined) throw new Error('the call is not on record');
    const { model, parameters } = call.pre;
    const recorded = { model, messages: expandRequest(call, calls), ...(parameters && { parameters }) };
    expect(requestKey(recorded, redact)).toBe(requestKey(live, redact));
    expect(requestKey(recorded)).not.toBe(requestKey(live));
  });
});
