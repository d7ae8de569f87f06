import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { requestText } from '../otlp/otlp-json.ts';
import { spanBatches } from '../otlp/span-batches.ts';
import { DEFAULT_RESOURCE, treeToSpans } from '../otlp/tree-to-spans.ts';
import { postSpans } from '../otlp-export/post-spans.ts';
import { shownUrl, toTarget } from '../otlp-export/target.ts';
import { findRun, findRuns } from '../reader/find-runs.ts';
import { readTree } from '../reader/read-tree.ts';
import { eachRun } from './each-run.ts';
import { formatNumberOf } from './format.ts';
import { COMMON_HELP, parseOptions, RUN_HELP } from './options.ts';
import { safeJson, safeJsonText, safeLine } from './safe-text.ts';
import type { Command, Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

const options = {
  otlp: { type: 'boolean', default: false },
  all: { type: 'boolean', default: false },
  output: { type: 'string', short: 'o' },
  url: { type: 'string' },
  header: { type: 'string', multiple: true },
  messages: { type: 'string', default: 'all' },
} as const;

/** Takes requests, one after the other. */
interface Sink {
  /** @returns how many of the spans it has taken */
  take(request: string, spans: number): Promise<number> | number;
  /** Nothing more comes; `failed` when not everything has come. */
  end(failed: boolean): void;
  /** Where it goes, in words. */
  where: string;
}

/** `call-log export` */
export const exportRuns: Command = {
  summary: 'runs as OpenTelemetry traces, to a file or a collector',
  help: `call-log export --otlp <run>… | --all: runs as OpenTelemetry traces
${RUN_HELP}
Writes OTLP/JSON with the names of the GenAI conventions, one request on each line, to standard output. "call-log import"
makes the same run of it again. Exporting a run twice gives the same spans.

  -o, --output <file>   to a file, replaced as a whole
      --url <url>       to a collector; without a path, /v1/traces
      --header <n: v>   sent along, may be given again; others on this machine can see it while it runs
      --messages <w>    what a call shows of its request: all of it (default), or only what is new
      --all             every run of the folder${COMMON_HELP}`,
  async run(args, terminal) {
    const { values, positionals } = parseOptions(args, options);
    if (!values.otlp) throw new UsageError('say which format: --otlp is the only one');
    if (values.all === positionals.length > 0)
      throw new UsageError('say which runs: call-log export --otlp <run>…, or --all for every one');
    const { messages, output, url } = values;
    if (messages !== 'all' && messages !== 'new') throw new UsageError('--messages takes all or new');
    if (output !== undefined && url !== undefined)
      throw new UsageError('--output and --url are two places: take one');
    if (values.header !== undefined && url === undefined) throw new UsageError('--header is for --url');
    const runs = values.all
      ? await findRuns(values.dir)
      : await Promise.all(positionals.map((run) => findRun(run, values.dir)));
    const sink =
      url !== undefined ? toCollector(url, values.header ?? [], terminal) : toFile(output, terminal);
    let whole = false;
    const counts = { runs: 0, spans: 0, lost: 0 };
    try {
      const { failed } = await eachRun(
        runs,
        'exporting run',
        async ({ journal, tree, id }) => {
          const spans = treeToSpans(await readTree(journal ?? tree ?? id), { messages });
          for (const batch of spanBatches(spans)) {
            const taken = await sink.take(requestText(batch, DEFAULT_RESOURCE), batch.length);
            counts.spans += taken;
            counts.lost += batch.length - taken;
          }
          counts.runs++;
        },
        terminal,
      );
      whole = true;
      if (output !== undefined || url !== undefined) report(counts, sink.where, values.json, terminal);
      return failed > 0 || counts.lost > 0 ? 1 : 0;
    } finally {
      sink.end(!whole);
    }
  },
};

function report(
  counts: { runs: number; spans: number; lost: number },
  where: string,
  json: boolean,
  { out }: Terminal,
): void {
  const { runs, spans, lost } = counts;
  const missing = lost > 0 ? `, ${formatNumberOf(lost, 'span')} lost` : '';
  out(
    json
      ? `${safeJson({ ...counts, to: where }, 2)}\n`
      : `${formatNumberOf(spans, 'span')} of ${formatNumberOf(runs, 'run')} to ${safeLine(where)}${missing}\n`,
  );
}

/** A file that is replaced when everything is there; without a path, standard output. */
function toFile(path: string | undefined, { out }: Terminal): Sink {
  if (path === undefined)
    return {
      take(request, spans) {
        out(`${safeJsonText(request)}\n`);
        return spans;
      },
      end() {},
      where: 'standard output',
    };
  const temporary = `${path}.${process.pid}.tmp`;
  const file = openSync(temporary, 'w', 0o600);
  return {
    take(request, spans) {
      const bytes = Buffer.from(`${request}\n`);
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
      return spans;
    },
    end(failed) {
      closeSync(file);
      if (failed) rmSync(temporary, { force: true });
      else renameSync(temporary, path);
    },
    where: path,
  };
}

function toCollector(url: string, headers: readonly string[], { err, paintErr }: Terminal): Sink {
  const target = usable(() => toTarget(url, Object.fromEntries(headers.map(parseHeader))));
  return {
    async take(request, spans) {
      const { lost, reason } = await postSpans(request, spans, target);
      if (reason !== undefined)
        err(`${paintErr('yellow', lost > 0 ? 'lost:' : 'note:')} ${safeLine(reason)}\n`);
      return spans - lost;
    },
    end() {},
    where: shownUrl(target),
  };
}

/** Never quotes what was given: it may be a key. */
function parseHeader(text: string): [string, string] {
  const colon = text.indexOf(':');
  if (colon < 1)
    throw new UsageError('--header takes a name and a value: --header "authorization: Bearer …"');
  return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
}

function usable<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof UsageError || !(error instanceof TypeError)) throw error;
    throw new UsageError(error.message, { cause: error });
  }
}
