import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callEnd, callStart, everyByteIn, readRecords, useTempDir } from '../../test/helpers.ts';
import { runEvents } from '../../test/random-run.ts';
import { createCallLog } from '../call-log.ts';
import { readTree } from '../reader/read-tree.ts';
import { checkRunShare, fromRunShareEnv, shareRun, toRunShareEnv } from '../run-share.ts';
import type { LogEvent } from '../schema/logger-events.ts';
import { runTreeSchema } from '../schema/tree.ts';
import { withoutContent } from './without-content.ts';

const tempDir = useTempDir();
const SAID = 'what was said';
/** Would lie in a file of its own, if it were written. */
const large = Buffer.from(SAID.repeat(1_000)).toString('base64');

const start = callStart('c', {
  agent: { id: 'agent', name: 'Agent', role: 'critic' },
  messages: [
    { role: 'system', content: SAID, name: 'agent' },
    {
      role: 'user',
      content: [
        { type: 'text', text: SAID },
        { type: 'image_url', image_url: { url: SAID } },
      ],
    },
    {
      role: 'assistant',
      content: null,
      refusal: SAID,
      tool_calls: [{ id: 't', type: 'function', function: { name: 'f', arguments: SAID } }],
    },
    { role: 'tool', tool_call_id: 't', content: 42, [SAID]: 1 },
    { type: 'function_call_output', call_id: 't', output: SAID },
  ],
  parameters: {
    temperature: 0.5,
    stream: true,
    stream_options: { include_usage: true },
    reasoning_effort: 'low',
    response_format: { type: 'json_schema', json_schema: { name: SAID } },
    stop: [SAID],
    user: SAID,
    input: [17, 4],
  },
  tools: [
    {
      type: 'function',
      function: { name: 'f', description: SAID, strict: true, parameters: { [SAID]: SAID } },
    },
  ],
  metadata: { ticket: SAID, count: 3, [SAID]: 1, deep: { er: SAID } },
});
const events: LogEvent[] = [
  start,
  { type: 'attempt.start', call_id: 'c', number: 1, provider: 'p', model: 'm' },
  {
    type: 'attempt.end',
    call_id: 'c',
    number: 1,
    status: 'error',
    http_status: 429,
    error: { type: 'E', code: 'x', status: 429, message: SAID },
  },
  { type: 'tool.start', call_id: 'c', tool_call_id: 't', name: 'f', arguments: { said: SAID } },
  { type: 'tool.end', call_id: 'c', tool_call_id: 't', status: 'ok', result: [SAID, large], duration_ms: 3 },
  { type: 'message', message_id: 'm', from: 'agent', to: 'b', content: SAID, status: 'delivered' },
  callEnd('c', {
    duration_ms: 5,
    reply: {
      id: 'r',
      model: 'm-1',
      finish_reason: 'stop',
      message: { role: 'assistant', content: SAID },
      output: [{ type: 'message', content: [{ type: 'output_text', text: SAID }] }],
    },
    usage: { input_tokens: 3, source: 'provider' },
    cost_usd: 0.1,
    chunks: { ends: [4, 8, 13], at_ms: [1, 2, 3] },
  }),
  { ...callEnd('x'), extra: SAID } as LogEvent,
  { type: 'from.the.future', said: SAID } as never,
];
const masked = `[not captured, ${SAID.length} characters]`;

describe('a log without content', () => {
  it('has nothing of what was said, and says so', async () => {
    const log = createCallLog({
      dir: tempDir(),
      tree: 'inline',
      captureContent: false,
      defaultRun: { id: 'main', name: 'a name', metadata: { why: SAID } },
    });
    for (const event of events) log.logger(event);
    await expect(log.run({ id: 'other' }, () => Promise.reject(new RangeError(SAID)))).rejects.toThrow();
    const { journalPath } = log.defaultRun();
    await log.close();
    expect(readdirSync(tempDir()).sort()).toEqual(['main.json', 'main.jsonl', 'other.json', 'other.jsonl']);
    const bytes = everyByteIn(tempDir());
    for (const part of [SAID, 'said', Buffer.from(SAID).toString('base64')])
      expect(bytes).not.toContain(part);
    expect(readRecords(journalPath)[0]).toMatchObject({ type: 'segment.start', capture_content: false });
    expect(await readTree(journalPath)).toMatchObject({
      run: { name: 'a name', metadata: { why: masked } },
      audit: { capture_content: false, damaged_lines: 0 },
    });
    expect((await readTree(`${tempDir()}/other.jsonl`)).run.error).toEqual({
      type: 'RangeError',
      message: masked,
    });
  });

  it('still has who, when, how long, how many and how it ended', async () => {
    const log = createCallLog({ dir: tempDir(), tree: false, captureContent: false });
    for (const event of events) log.logger(event);
    const { journalPath } = log.defaultRun();
    await log.close();
    const tree = await readTree(journalPath);
    expect(tree.agents[0]).toMatchObject({ id: 'agent', name: 'Agent', role: 'critic' });
    expect(tree.agents[0]?.calls[0]).toMatchObject({
      status: 'ok',
      duration_ms: 5,
      usage: { input_tokens: 3, source: 'provider' },
      cost_usd: 0.1,
      pre: {
        model: 'gpt-x',
        exact: false,
        messages: [
          { role: 'system', content: masked, name: 'agent' },
          {
            role: 'user',
            content: [
              { type: 'text', text: masked },
              { type: 'image_url', image_url: '[not captured, 23 characters]' },
            ],
          },
          {
            role: 'assistant',
            content: null,
            refusal: masked,
            tool_calls: [{ id: 't', type: 'function', function: { name: 'f', arguments: masked } }],
          },
          { role: 'tool', tool_call_id: 't', content: '[not captured, 2 characters]' },
          { type: 'function_call_output', call_id: 't', output: masked },
        ],
        parameters: {
          temperature: 0.5,
          stream: true,
          stream_options: { include_usage: true },
          reasoning_effort: 'low',
          response_format: { type: 'json_schema', json_schema: '[not captured, 24 characters]' },
          user: masked,
          input: '[not captured, 6 characters]',
        },
        tools: [{ type: 'function', function: { name: 'f', description: masked, strict: true } }],
        metadata: { ticket: masked, count: '[not captured, 1 characters]' },
      },
      post: { id: 'r', model: 'm-1', finish_reason: 'stop', message: { role: 'assistant', content: masked } },
      attempts: [
        { status: 'error', http_status: 429, error: { type: 'E', code: 'x', status: 429, message: masked } },
      ],
      tool_calls: [
        { id: 't', name: 'f', status: 'ok', arguments: '[not captured, 24 characters]', duration_ms: 3 },
      ],
    });
    expect(tree.messages).toMatchObject([
      { id: 'm', from: 'agent', to: 'b', content: masked, status: 'delivered' },
    ]);
    expect(readRecords(journalPath).some((record) => 'chunks' in record || 'extra' in record)).toBe(false);
  });

  it('is a valid run, whatever was logged', async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(runEvents, async (given) => {
        const id = `run-${runs++}`;
        const log = createCallLog({ dir: tempDir(), tree: false, captureContent: false, defaultRun: { id } });
        for (const event of given) log.logger(event);
        const { journalPath } = log.defaultRun();
        await log.close();
        const tree = await readTree(journalPath);
        expect(runTreeSchema.safeParse(tree).success).toBe(true);
        expect(tree.audit).toMatchObject({ damaged_lines: 0, logger_errors: 0 });
      }),
      { numRuns: 30 },
    );
  });

  it('is one for whoever joins its run', async () => {
    const parent = createCallLog({ dir: tempDir(), tree: false, captureContent: false });
    const share = fromRunShareEnv(toRunShareEnv(shareRun(parent.defaultRun())));
    const child = createCallLog({ join: share, tree: false, captureContent: true });
    child.logger(start);
    await child.close();
    await parent.close();
    expect(everyByteIn(tempDir())).not.toContain(SAID);
    expect(() => checkRunShare({ ...share, capture_content: 'no' })).toThrow('capture_content');
  });

  it("leaves out the fields of an object's prototype", () => {
    expect(
      withoutContent(JSON.parse('{"__proto__": "x", "constructor": "x", "toString": "x", "model": "m"}')),
    ).toEqual({ model: 'm' });
  });
});
