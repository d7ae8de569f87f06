#!/usr/bin/env node
import { createInterface } from 'node:readline/promises';
import { runCli } from './cli/run-cli.ts';
import { createStyle } from './cli/style.ts';

const { stdin, stdout, stderr } = process;

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
  paint: createStyle(stdout),
  paintErr: createStyle(stderr),
  ...(stdout.isTTY && { columns: stdout.columns }),
  stderrIsTerminal: stderr.isTTY === true,
  async confirm(question) {
    if (!stdin.isTTY) return undefined;
    const lines = createInterface({ input: stdin, output: stderr });
    // Ctrl-C reaches readline, not the process, while it asks.
    lines.once('SIGINT', () => process.exit(130));
    // Ctrl-D is no yes.
    const answer = await new Promise<string>((resolve) => {
      lines.once('close', () => resolve(''));
      lines.question(`${question} [y/N] `).then(resolve, () => resolve(''));
    });
    lines.close();
    return /^y(es)?$/i.test(answer.trim());
  },
  now: () => new Date(),
  showStacks: process.env.PD_DEBUG === '1',
});
