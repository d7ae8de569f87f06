import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunTree } from '@pd/call-log/schema';
import { toHtml } from '@pd/visualizer';

/** Writes runs as one page into a folder; the page's path. */
export function writePage(folder: string, trees: RunTree | RunTree[], name = 'page.html'): string {
  const file = join(folder, name);
  writeFileSync(file, toHtml(trees));
  return file;
}
