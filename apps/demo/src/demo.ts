import { resolve } from 'node:path';
import { createCallLog, type Run, readTree } from '@pd/call-log';
import { createLLMClient } from '@pd/llm-client';
import { type Environment, loadEnvironment } from './environment.ts';
import { checkLogDir } from './log-dir.ts';
import { openModelSource } from './model-source.ts';
import { DEFAULT_TOPIC, type DemoOptions } from './options.ts';
import { openPage, writePage } from './page.ts';
import { readRecording } from './recording.ts';
import { startExchange, startRecording } from './scenario.ts';
import { describeSession, GO_ON, openSession } from './session.ts';
import type { Printer } from './terminal/printer.ts';
import type { Report } from './terminal/report.ts';

/** Everything a run of the demo needs from outside. */
export interface DemoStage {
  printer: Printer;
  report: Report;
  signal: AbortSignal;
}

/**
 * Builds log, client and agents, runs the scenario, and reports what was recorded, whether it ended well or not.
 *
 * @throws {UsageError} before anything is recorded
 * @throws whatever ended the run early, after the report
 */
export async function runDemo(options: DemoOptions, { printer, report, signal }: DemoStage): Promise<void> {
  const environment = loadEnvironment(printer.problem);
  const dir = await checkLogDir(logDir(options, environment));
  const recording =
    options.script === undefined
      ? undefined
      : await readRecording(options.script, environment.workingDirectory);
  const session =
    options.session === undefined ? undefined : await openSession(options.session, dir, environment);
  const topic = options.topic ?? (session?.messages ? GO_ON : DEFAULT_TOPIC);
  const source = await openModelSource(options, environment, recording);
  const log = createCallLog({ dir, redact: { secrets: source.client.apiKey ? [source.client.apiKey] : [] } });
  let run: Run | undefined;
  try {
    printer.intro(session === undefined ? source.label : `${source.label}; ${describeSession(session)}`);
    await log.run(
      { name: recording ? 'recording' : 'exchange', metadata: describe({ ...options, topic }), signal },
      async (begun) => {
        run = begun;
        const stage = {
          client: createLLMClient({ ...source.client, logger: log.logger }),
          logger: log.logger,
          signal,
        };
        const scenario = recording
          ? startRecording(recording, options.turns, stage)
          : startExchange(topic, options.turns, stage, session);
        for await (const event of scenario) printer.event(event);
      },
    );
  } finally {
    await log.close();
    await source.close();
    await session?.memory.close();
    if (run !== undefined) await finish(run, { offline: source.offline, options, printer, report });
  }
}

interface Ending extends Omit<DemoStage, 'signal'> {
  offline: boolean;
  options: DemoOptions;
}

/** Reports even when the page cannot be written, and passes that error on afterwards. */
async function finish(run: Run, { offline, options, printer, report }: Ending): Promise<void> {
  const tree = await readTree(run.journalPath);
  const [drawn] = await Promise.allSettled([writePage(tree, run.treePath)]);
  const page = drawn.status === 'fulfilled' ? drawn.value : undefined;
  report(tree, { journal: run.journalPath, tree: run.treePath, page }, offline);
  if (drawn.status === 'rejected') throw drawn.reason;
  if (options.open) await openPage(drawn.value, printer.problem);
}

function logDir({ logDir }: DemoOptions, { root, workingDirectory }: Environment): string {
  return logDir === undefined ? resolve(root, 'logs') : resolve(workingDirectory, logDir);
}

function describe({ topic, session, turns, script, seed }: DemoOptions): object {
  return script === undefined ? { topic, session, turns, seed } : { script, turns };
}
