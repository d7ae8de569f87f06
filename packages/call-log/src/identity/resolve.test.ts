import { describe, expect, it } from 'vitest';
import type { CallContext } from './context.ts';
import { type Identifiable, resolveAgent, resolveRunId, UNKNOWN_AGENT } from './resolve.ts';

const context: CallContext = { agent: { id: 'in-context' } };
const named = { role: 'assistant', name: 'in-message', content: '' };

describe('resolveAgent', () => {
  it.each<[string, Partial<Identifiable>, CallContext, object]>([
    [
      'the agent named for the call',
      { agent: { id: 'a', name: 'A' } },
      {},
      { agent: { id: 'a', name: 'A' }, source: 'explicit' },
    ],
    [
      'agent_id in the metadata',
      { metadata: { agent_id: 'a', agent_name: 'A', agent_role: 'r' } },
      {},
      { agent: { id: 'a', name: 'A', role: 'r' }, source: 'explicit' },
    ],
    [
      'agentId in the metadata',
      { metadata: { agentId: 'a', agentName: 'A', agentRole: 'r' } },
      {},
      { agent: { id: 'a', name: 'A', role: 'r' }, source: 'explicit' },
    ],
    [
      'the agent the client is bound to',
      { agent: { id: 'a' }, agent_source: 'binding' },
      {},
      { agent: { id: 'a' }, source: 'binding' },
    ],
    ['the context', {}, context, { agent: { id: 'in-context' }, source: 'context' }],
    [
      'the name of the last message of the model side',
      { messages: [{ role: 'system', name: 'first' }, named, { role: 'user', name: 'somebody else' }] },
      {},
      { agent: { id: 'in-message' }, source: 'message' },
    ],
    [
      'the user of the request',
      { parameters: { user: 'u-1' } },
      {},
      { agent: { id: 'u-1' }, source: 'message' },
    ],
    [
      'nobody',
      { messages: [{ role: 'user', name: 'somebody else' }] },
      {},
      { agent: { id: UNKNOWN_AGENT }, source: 'unknown' },
    ],
  ])('finds %s', (_, call, around, expected) => {
    expect(resolveAgent({ messages: [], ...call }, around)).toEqual(expected);
  });

  it('prefers the surer hint, from the surest to the weakest', () => {
    const steps: [Partial<Identifiable>, CallContext, string][] = [
      [{ agent: { id: 'named' }, agent_source: 'explicit' }, context, 'explicit'],
      [{ agent: { id: 'bound' }, agent_source: 'binding', metadata: { agent_id: 'm' } }, context, 'explicit'],
      [{ agent: { id: 'bound' }, agent_source: 'binding', metadata: {} }, context, 'binding'],
      [{ metadata: { agent_id: '' } }, context, 'context'],
      [{ parameters: { user: 'u' } }, {}, 'message'],
    ];
    for (const [call, around, source] of steps)
      expect(resolveAgent({ messages: [named], ...call }, around).source).toBe(source);
    expect(resolveAgent({ messages: [named], parameters: { user: 'u' } }, {}).agent.id).toBe('in-message');
  });

  it.each([
    [
      'a getter that throws',
      {
        get agent_id() {
          throw new Error('hostile');
        },
      },
    ],
    ['no text', { agent_id: 7 }],
    ['an empty text', { agent_id: '' }],
  ])('takes metadata with %s for absent', (_, metadata) => {
    expect(resolveAgent({ messages: [], metadata }, context).source).toBe('context');
  });

  it('endures messages that are none', () => {
    for (const messages of [undefined, null, 'text', [null, 7, 'text']])
      expect(resolveAgent({ messages: messages as never }, {}).source).toBe('unknown');
  });
});

describe('resolveRunId', () => {
  it('prefers the event, then its metadata, then the context', () => {
    const around = { runId: 'around' };
    expect(resolveRunId({ run_id: 'own', metadata: { run_id: 'm' } }, around)).toBe('own');
    expect(resolveRunId({ metadata: { run_id: 'm', runId: 'n' } }, around)).toBe('m');
    expect(resolveRunId({ metadata: { runId: 'n' } }, around)).toBe('n');
    expect(resolveRunId({ metadata: { run_id: 7 } }, around)).toBe('around');
    expect(resolveRunId({}, {})).toBeUndefined();
  });
});
