#!/usr/bin/env node
import { readFile, writeFile } from 'node:fs/promises';
import { styleText } from 'node:util';
import { runCli } from './cli/run-cli.ts';

const { stdout, stderr } = process;

// A reader such as `head` may have enough before everything is written.
for (const stream of [stdout, stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}
process.once('SIGINT', () => process.exit(130));

process.exitCode = await runCli(process.argv.slice(2), {
  out: (text) => void stdout.write(text),
  err: (text) => void stderr.write(text),
  outBytes: (bytes) => void stdout.write(bytes),
  paint: (format, text) => (text === '' ? '' : styleText(format, text, { stream: stdout })),
  ...(stdout.isTTY && { columns: stdout.columns }),
  stderrIsTerminal: stderr.isTTY === true,
  now: () => new Date(),
  showStacks: process.env.PD_DEBUG === '1',
  async readTree(path) {
    const { readTree } = await import('@pd/call-log/reader');
    return readTree(path);
  },
  // Private, as the log is that it shows.
  writeFile: (path, content) => writeFile(path, content, { mode: 0o600 }),
  async version() {
    const manifest: unknown = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
    const isManifest = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
    return isManifest ? String(manifest.version) : 'unknown';
  },
});
