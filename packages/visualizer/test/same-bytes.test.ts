import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordRun } from './recorded-run.ts';
import { startCommand } from './run-command.ts';

let dir = '';
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pd-visualizer-bytes-'));
  await recordRun(join(dir, 'logs'), 'run-1', 300);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Two machines, as far as a program can tell. */
const HERE = { TZ: 'UTC', LANG: 'C', LC_ALL: 'C' };
const ELSEWHERE = { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', FORCE_COLOR: '1' };

describe('the same log gives the same bytes in another process, time zone and language', () => {
  it.each(['html', 'svg', 'rerun', 'markdown'])('%s', async (format) => {
    const files = await Promise.all(
      [HERE, ELSEWHERE].map(async (env, place) => {
        const file = join(dir, `${format}-${place}`);
        const { code, stderr } = await startCommand([format, 'run-1', '-o', file], dir, env).ended;
        expect({ code, stderr }).toMatchObject({ code: 0 });
        return readFileSync(file);
      }),
    );
    const [here, elsewhere] = files;
    expect(here?.length).toBeGreaterThan(100);
    expect(here?.equals(elsewhere ?? Buffer.of())).toBe(true);
  });
});
