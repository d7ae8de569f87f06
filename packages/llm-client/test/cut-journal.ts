import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Higher than any that Linux gives. @see https://man7.org/linux/man-pages/man5/proc_sys_kernel.5.html (pid_max) */
const NO_PID = 2 ** 22 + 1;

/** The lines of a journal. */
export function linesOf(path: string): string[] {
  return readFileSync(path, 'utf8').trimEnd().split('\n');
}

/** The run as it would be had its process died after so many lines; gone at the end of the `using` block. */
export function cutAfter(path: string, lines: number) {
  const parent = `${path}.cuts`;
  mkdirSync(parent, { recursive: true });
  const dir = mkdtempSync(join(parent, 'cut-'));
  const cut = join(dir, basename(path));
  const [header = '', ...rest] = linesOf(path).slice(0, lines);
  const dead = JSON.stringify({ ...JSON.parse(header), pid: NO_PID });
  writeFileSync(cut, `${[dead, ...rest].join('\n')}\n`);
  return { dir, path: cut, [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }) };
}
