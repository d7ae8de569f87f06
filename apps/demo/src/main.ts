import { runDemo } from './demo.ts';
import { Interrupted, interruptSignal } from './interrupt.ts';
import { help, readOptions, UsageError } from './options.ts';
import { listScenarios } from './scenarios/find-scenario.ts';
import { createJsonPrinter } from './terminal/json-printer.ts';
import { createJsonReport, createTextReport } from './terminal/report.ts';
import { safeText } from './terminal/safe-text.ts';
import { createTextPrinter } from './terminal/text-printer.ts';

/** What the packages need; pnpm scripts of this repository run on a Node of their own. */
const OLDEST_NODE = 22;

process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  const { stdout, stderr } = process;
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
    return say(
      `this is Node ${process.versions.node}, the demo needs ${OLDEST_NODE}: start it with "npx -y pnpm@12 demo"`,
      2,
    );
  }
  try {
    const options = readOptions(argv);
    if (options === undefined) {
      stdout.write(help);
      return 0;
    }
    if (options.scenario === 'list') {
      stdout.write(listScenarios());
      return 0;
    }
    const streams = { stdout, stderr };
    const isPlain = options.scenario === undefined && options.goOn === undefined;
    const printer = options.json ? createJsonPrinter(streams) : createTextPrinter(streams, { isPlain });
    const report = options.json ? createJsonReport(streams) : createTextReport(streams);
    await runDemo(options, { printer, report, signal: interruptSignal(stdout) });
    return 0;
  } catch (error) {
    if (error instanceof Interrupted) return say(error.message, error.exitCode);
    return say(describe(error), error instanceof UsageError ? 2 : 1);
  }
}

function say(line: string, exitCode: number): number {
  const safe = safeText(line);
  // One line, so that nobody can forge another; a stack, for whoever asks for it, has many.
  process.stderr.write(`${process.env.PD_DEBUG ? safe : safe.replaceAll('\n', ' ')}\n`);
  return exitCode;
}

/** One line; the stack only for whoever asks for it, because it means nothing to a user. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return process.env.PD_DEBUG ? (error.stack ?? error.message) : error.message;
}
