import { describe, expect, it } from 'vitest';
import { everyByteIn, useTempDir } from '../../test/helpers.ts';
import { callsOf, TRACE } from '../../test/spans.ts';
import { createCallLog } from '../call-log.ts';
import { withAgent } from '../identity/context.ts';
import { readTree } from '../reader/read-tree.ts';
import type { LogEvent } from '../schema/logger-events.ts';
import type { ReadableSpan } from './readable-span.ts';
import { createSpanExporter } from './span-exporter.ts';
import { createSpanProcessor } from './span-processor.ts';

const tempDir = useTempDir();

/** A span as the SDK hands it out; the real one is in `e2e/test/interop-*.test.ts`. */
function readable(
  id: string,
  attributes: ReadableSpan['attributes'],
  more: Partial<ReadableSpan> = {},
): ReadableSpan {
  return {
    name: id,
    kind: 0,
    spanContext: () => ({ traceId: TRACE, spanId: id }),
    startTime: [1_790_000_000, 5_000_000],
    endTime: [1_790_000_001, 0],
    status: { code: 0 },
    attributes,
    events: [],
    ...more,
  };
}

const chat = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'm' };

/** What the exporter says of an export. */
function exportTo(
  exporter: ReturnType<typeof createSpanExporter>,
  ...spans: ReadableSpan[]
): number | undefined {
  let code: number | undefined;
  exporter.export(spans, (result) => {
    code = result.code;
  });
  return code;
}

describe('the span exporter', () => {
  it('reads spans of SDK 1.x and 2.x alike', async () => {
    for (const parent of [{ parentSpanId: 'a' }, { parentSpanContext: { traceId: TRACE, spanId: 'a' } }]) {
      const scope = { name: 's', version: '1' };
      const events: LogEvent[] = [];
      const exporter = createSpanExporter({ logger: (event) => events.push(event) });
      const agent = { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'ann' };
      const made =
        'parentSpanId' in parent ? { instrumentationLibrary: scope } : { instrumentationScope: scope };
      expect(exportTo(exporter, readable('b', chat, { ...parent, ...made }))).toBe(0);
      expect(events).toEqual([]);
      expect(exportTo(exporter, readable('a', agent))).toBe(0);
      expect(events.find(({ type }) => type === 'call.start')).toMatchObject({
        agent: { id: 'ann' },
        at: '2026-09-21T14:13:20.005Z',
        metadata: { otel: { scope: 's@1' } },
      });
    }
  });

  it('does not take the code that happens to export for the owner', async () => {
    const log = createCallLog({ dir: tempDir(), tree: false });
    const exporter = createSpanExporter({ logger: log.logger });
    await log.run({ id: 'other' }, () =>
      withAgent({ id: 'bystander' }, () => exportTo(exporter, readable('a', chat))),
    );
    await log.close();
    const tree = await readTree(`${tempDir()}/${TRACE}.jsonl`);
    expect(callsOf(tree)).toMatchObject([{ owner: 'unknown_agent' }]);
  });

  it('never throws, and says what it could not take', async () => {
    const errors: unknown[] = [];
    const onError = (error: unknown) => errors.push(error);
    const logger = () => {
      throw new Error('full');
    };
    const exporter = createSpanExporter({ logger, onError });
    const broken = readable('a', chat, {
      spanContext: () => {
        throw new Error('no context');
      },
    });
    expect(exportTo(exporter, broken)).toBe(1);
    expect(exportTo(exporter, readable('b', chat))).toBe(0);
    expect(errors.map(String)).toContain('Error: no context');
    expect(errors.map(String)).toContain('Error: full');
    createSpanProcessor({ logger, onError }).onStart(broken);
    await exporter.shutdown();
    expect(exportTo(exporter, readable('c', chat))).toBe(1);
  });

  it('leaves scrubbing to the log, and every byte goes through it', async () => {
    const secret = 'sk-proj-abcdefghijklmnopqrstuvwxyz0123456789';
    const log = createCallLog({ dir: tempDir(), tree: 'inline', redact: { secrets: [secret] } });
    const exporter = createSpanExporter({ logger: log.logger });
    const attributes = {
      ...chat,
      'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: secret }] }]),
      'gen_ai.agent.name': secret,
      'ai.request.headers.authorization': `Bearer ${secret}`,
      [`my.${secret}`]: secret,
    };
    const status = { code: 2, message: `401 ${secret}` };
    exportTo(exporter, readable('a', attributes, { name: secret, status }));
    await exporter.shutdown();
    await log.close();
    const files = everyByteIn(tempDir());
    expect(files).toContain('[REDACTED]');
    expect(files).not.toContain(secret);
  });
});
