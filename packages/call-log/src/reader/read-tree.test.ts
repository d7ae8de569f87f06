import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callEnd, callStart, line, useTempDir } from '../../test/helpers.ts';
import { createCallLog } from '../call-log.ts';
import { LogNotFoundError } from '../errors/log-not-found-error.ts';
import { NotALogError } from '../errors/not-a-log-error.ts';
import { UnsupportedVersionError } from '../errors/unsupported-version-error.ts';
import { ownProcess } from '../journal/process-identity.ts';
import { readTree } from './read-tree.ts';

const tempDir = useTempDir();
const inDir = (name: string) => join(tempDir(), name);

/** A finished run with one call, and the tree beside it. */
async function recordedRun(id = 'r1') {
  const log = createCallLog({ dir: tempDir(), tree: 'inline', defaultRun: { id } });
  log.logger(callStart('c'));
  log.logger(callEnd('c'));
  await log.close();
}

describe('readTree', () => {
  it.each(['r1', 'r1.json', 'r1.jsonl'])('finds the run from %s', async (name) => {
    await recordedRun();
    expect((await readTree(inDir(name))).run).toMatchObject({ id: 'r1', status: 'completed' });
  });

  it('believes the journal, not a snapshot that may be stale', async () => {
    await recordedRun();
    const stale = { ...(await readTree(inDir('r1'))), agents: [] };
    writeFileSync(inDir('r1.json'), JSON.stringify(stale));
    expect((await readTree(inDir('r1.json'))).agents).toHaveLength(1);
    writeFileSync(inDir('r1.json'), 'half a {');
    expect((await readTree(inDir('r1.json'))).agents).toHaveLength(1);
  });

  it('reads a snapshot alone', async () => {
    await recordedRun();
    const tree = await readTree(inDir('r1'));
    writeFileSync(inDir('copy.json'), JSON.stringify({ ...tree, from_the_future: 1 }));
    expect(await readTree(inDir('copy'))).toEqual({ ...tree, from_the_future: 1 });
  });

  it.each(['nowhere', 'nowhere.json', 'nowhere.jsonl', 'a-file/below', 'a-folder'])(
    'finds nothing at %s',
    async (name) => {
      writeFileSync(inDir('a-file'), '');
      mkdirSync(inDir('a-folder'));
      mkdirSync(inDir('a-folder.jsonl'));
      await expect(readTree(inDir(name))).rejects.toThrow(LogNotFoundError);
      await expect(readTree(inDir(name))).rejects.toMatchObject({ code: 'log_not_found', path: inDir(name) });
    },
  );

  it.each([
    ['x.json', 'no json'],
    ['x.json', ''],
    ['x.json', 'null'],
    ['x.json', '[]'],
    ['x.json', '{"schema_version":1,"run":{}}'],
    ['x.jsonl', ''],
    ['x.jsonl', 'plain text\nof some lines\n'],
    ['x.jsonl', '{"level":30,"msg":"somebody else\'s log"}\n'],
    ['x.jsonl', '\0'.repeat(1000)],
  ])('refuses %s with %j', async (name, text) => {
    writeFileSync(inDir(name), text);
    await expect(readTree(inDir('x'))).rejects.toThrow(NotALogError);
    await expect(readTree(inDir('x'))).rejects.toMatchObject({ code: 'not_a_log', path: inDir(name) });
  });

  it('refuses what a newer version wrote', async () => {
    await recordedRun();
    const tree = await readTree(inDir('r1'));
    writeFileSync(inDir('tree.json'), JSON.stringify({ ...tree, schema_version: 2, run: 'changed' }));
    writeFileSync(inDir('journal.jsonl'), line(header({ schema_version: 2 })));
    for (const name of ['tree', 'journal']) {
      await expect(readTree(inDir(name))).rejects.toThrow(UnsupportedVersionError);
      await expect(readTree(inDir(name))).rejects.toMatchObject({ code: 'unsupported_version', version: 2 });
    }
  });

  it('reads what is left of a journal without its header', async () => {
    const start = {
      seq: 2,
      at: 't',
      type: 'call.start',
      call_id: 'c',
      agent_id: 'a',
      agent_source: 'explicit',
      operation: 'chat',
      provider: 'p',
      model: 'm',
      messages: [],
    };
    writeFileSync(inDir('x.jsonl'), `{"seq":0,"type":"segment.st\0\n${line(start)}`);
    const tree = await readTree(inDir('x'));
    expect(tree.run).toMatchObject({ id: 'x', status: 'interrupted' });
    expect(tree.agents).toMatchObject([{ calls: [{ status: 'interrupted' }] }]);
    expect(tree.audit.damaged_lines).toBe(1);
  });
});

function header(more: object) {
  return {
    seq: 0,
    at: 't',
    type: 'segment.start',
    schema_version: 1,
    run_id: 'r',
    segment: 'root',
    ...ownProcess(),
    writer: 'w',
    ...more,
  };
}

describe('a run without an ending', () => {
  const gone = () => Number(execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }));

  it.each<[string, () => object, string]>([
    ['runs while its process lives', () => ({}), 'running'],
    ['was interrupted when the process is gone', () => ({ pid: gone() }), 'interrupted'],
    ['was interrupted when it ran on another machine', () => ({ host: `not-${hostname()}` }), 'interrupted'],
  ])('%s', async (_, more, status) => {
    writeFileSync(inDir('x.jsonl'), line(header(more())));
    expect((await readTree(inDir('x'))).run.status).toBe(status);
  });

  describe.skipIf(process.platform !== 'linux')('(needs /proc)', () => {
    it.each([
      ['the pid belongs to another process by now', { process_start: '1' }],
      ['the machine was started again', { boot_id: '00000000-0000-0000-0000-000000000000' }],
    ])('was interrupted when %s', async (_, more) => {
      writeFileSync(inDir('x.jsonl'), line(header(more)));
      expect((await readTree(inDir('x'))).run.status).toBe('interrupted');
    });
  });
});
