import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { toPinoLogger } from '../src/pino/to-pino-logger.ts';
import { readTree } from '../src/reader/read-tree.ts';
import transport from '../src/transport.ts';
import { callEnd, callStart, readRecords, useTempDir } from './helpers.ts';
import { runProgram } from './run-program.ts';

const tempDir = useTempDir();
const inDir = (name: string) => join(tempDir(), name);

describe('the transport in a worker', () => {
  it.each([
    ['alone', undefined],
    ['among other targets', 'plain.log'],
  ])('writes journal and tree, %s', async (_, file) => {
    const args = file === undefined ? [tempDir()] : [tempDir(), inDir(file)];
    expect(await runProgram('pino-transport.mjs', args)).toEqual({
      code: 0,
      signal: null,
      stdout: 'closed',
      stderr: '',
    });
    const snapshot = JSON.parse(readFileSync(inDir('run.json'), 'utf8'));
    expect(snapshot).toEqual(await readTree(inDir('run.jsonl')));
    expect(snapshot).toMatchObject({
      run: { status: 'completed' },
      // Captured on the calling thread: the worker sees no context.
      agents: [
        {
          id: 'hand',
          name: 'Hand',
          parent_id: 'boss',
          calls: [{ id: 'c', status: 'ok', agent_source: 'context' }],
        },
      ],
      audit: { dropped: 0, logger_errors: 0, damaged_lines: 0 },
    });
    // Deeper than pino goes for what JSON.stringify refuses.
    expect(snapshot.agents[0].calls[0].pre).toMatchObject({
      messages: [{ role: 'user', content: [{ image_url: { url: 'https://deep.example' } }] }],
      metadata: { circle: { name: 'circle', self: '[circular]' }, big: '1n' },
    });
    expect((await readTree(inDir('other'))).agents).toMatchObject([
      { id: 'unknown_agent', calls: [{ id: 'd' }] },
    ]);
    if (file !== undefined) {
      const lines = readRecords(inDir(file));
      expect(lines.map(({ msg }) => msg)).toEqual([
        'a line of somebody else',
        'call.start hand p/m',
        'call.start unknown_agent p/m',
        'nor is this',
        undefined,
      ]);
      expect(lines.every((text) => typeof text.time === 'number')).toBe(true);
    }
  });
});

describe('the transport in process', () => {
  it('is a stream for pino; lines that are no events pass by', async () => {
    const stream = transport({ dir: tempDir(), defaultRun: { id: 'run' } });
    const log = pino({ base: null }, stream);
    const logger = toPinoLogger(log);
    log.info('a line of somebody else');
    logger(callStart('c'));
    stream.write('no json\n');
    stream.write('null\n7\n"text"\n[]\n{"pd":null}\n{"pd":{}}\n{"pd":{"type":"from.the.future"}}\n');
    logger(callEnd('c'));
    stream.end();
    await finished(stream);
    const tree = await readTree(inDir('run.jsonl'));
    expect(tree.agents).toMatchObject([{ calls: [{ id: 'c', status: 'ok' }] }]);
    expect(tree.run.status).toBe('completed');
    expect(JSON.parse(readFileSync(inDir('run.json'), 'utf8'))).toEqual(tree);
  });

  it('redacts', async () => {
    const stream = transport({
      dir: tempDir(),
      defaultRun: { id: 'run' },
      redact: { secrets: ['hunter2hunter2'] },
    });
    toPinoLogger(pino({ base: null }, stream))(
      callStart('c', { messages: [{ role: 'user', content: 'hunter2hunter2' }] }),
    );
    stream.end();
    await finished(stream);
    expect(readFileSync(inDir('run.jsonl'), 'utf8')).not.toContain('hunter2');
    expect((await readTree(inDir('run'))).agents[0]?.calls[0]?.pre).toMatchObject({ exact: false });
  });
});

describe('toPinoLogger', () => {
  it('never throws, whatever is in the event', () => {
    const lines: object[] = [];
    const hostile = {
      get metadata() {
        throw new Error('hostile');
      },
    };
    const logger = toPinoLogger({ info: (text) => lines.push(text) });
    expect(() => logger(callStart('c', { metadata: { deep: hostile } }))).not.toThrow();
    expect(JSON.stringify(lines)).toContain('[threw: hostile]');
  });
});
