import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineTool } from '../src/index.ts';
import { calls, scripted } from './support.ts';

const fixture = (name: string) => join(import.meta.dirname, 'fixtures', name);

describe('another process', () => {
  it('resumes an answer that waits for a decision, with the same key each time', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'pd-pending-'));
    try {
      const execute = () => Promise.reject(new Error('not here'));
      const input = z.object({ amount: z.number() });
      const pay = defineTool({ name: 'pay', description: '', input, approval: 'ask', execute });
      const { agent } = scripted([calls({ name: 'pay', arguments: { amount: 7 } })], { tools: [pay] });
      const { pending } = await agent.respond({ content: 'Pay 7.' });
      const file = join(dir, 'pending.json');
      writeFileSync(file, JSON.stringify(pending));
      const resume = async () => {
        const { stdout } = await promisify(execFile)(process.execPath, [fixture('resume.ts'), file]);
        return JSON.parse(stdout);
      };
      const first = await resume();
      expect(first).toMatchObject({
        reply: { content: 'It is paid.', stopReason: 'done', steps: 2, toolRuns: [{ result: { paid: 7 } }] },
        keys: [expect.stringMatching(/^[0-9a-f]{32}$/)],
      });
      expect((await resume()).keys).toEqual(first.keys);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });

  it('asks a person, and ends when it has asked, though the input is open', async () => {
    const child = spawn(process.execPath, [fixture('person.ts'), '1'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child.stdin.write('Answer\nleft over\n');
    const said = text(child.stdout);
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await said).toBe('Question 1?\nada> [Answer]\n');
  });

  it('notices that nobody is there', async () => {
    const child = spawn(process.execPath, [fixture('person.ts'), '3'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child.stdin.end('yes');
    const said = text(child.stdout);
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await said).toMatch(/\[yes\]\n.*\n.*\[nobody_there\]\n.*\n.*\[nobody_there\]\n$/);
  });
});
