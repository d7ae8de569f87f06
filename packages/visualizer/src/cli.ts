#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { createStages, createStyle, safeLine } from '@pd/call-log/terminal';
import { runCli } from './cli/run-cli.ts';
import { OutputError } from './errors/output-error.ts';
import { chunksOf } from './output/content.ts';
import { createFileWriter } from './output/file-writer.ts';

const { stdout, stderr } = process;
const files = createFileWriter();
const err = (text: string) => void stderr.write(text);
const stages = createStages({ err, stderrIsTerminal: stderr.isTTY === true, now: () => new Date() });

for (const stream of [stdout, stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A reader such as `head` may have enough before everything is written.
    if (error.code === 'EPIPE') process.exit(0);
    if (stream === stdout) err(`pd-visualizer: ${new OutputError('standard output', error).message}\n`);
    process.exit(1);
  });
}
process.on('exit', () => files.cleanUp());
// As a shell counts: 128 and the signal's number.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)
  process.once(signal, () => process.exit(code));

async function readLog(given: string, dir: string, isOneOfSeveral = false) {
  const { readLog } = await import('./read/read-log.ts');
  stages.begin('reading');
  const log = await readLog(given, dir);
  stages.end();
  for (const note of log.notes) err(`note: ${safeLine(isOneOfSeveral ? `${given}: ${note}` : note)}\n`);
  stages.begin('drawing');
  return log;
}

process.exitCode = await runCli(process.argv.slice(2), {
  out(text) {
    stages.end();
    stdout.write(text);
  },
  err(text) {
    stages.end();
    err(text);
  },
  async write(content) {
    stages.end();
    for await (const chunk of chunksOf(content)) await new Promise((resolve) => stdout.write(chunk, resolve));
  },
  paint: createStyle(stdout),
  ...(stdout.isTTY && { columns: stdout.columns }),
  stderrIsTerminal: stderr.isTTY === true,
  now: () => new Date(),
  showStacks: process.env.PD_DEBUG === '1',
  readLog,
  readTree: async (path) => (await readLog(path, './logs')).tree,
  async writeFile(path, content) {
    await files.write(path, content);
    stages.end();
  },
  async version() {
    const manifest: unknown = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
    const isManifest = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
    return isManifest ? String(manifest.version) : 'unknown';
  },
});
stages.end();
