import { safeLine } from '@pd/call-log/terminal';
import { diffRuns } from '../../diff/diff-runs.ts';
import { type Condition, FAIL_ON_HELP, judge, parseConditions, type Verdict } from '../../diff/fail-on.ts';
import { toDiffHtml } from '../../diff/to-diff-html.ts';
import { toDiffJson } from '../../diff/to-diff-json.ts';
import { toDiffMarkdown } from '../../diff/to-diff-markdown.ts';
import { toDiffText } from '../../diff/to-diff-text.ts';
import { UsageError } from '../../errors/usage-error.ts';
import { isSameFile } from '../../output/same-file.ts';
import type { Log } from '../../read/log.ts';
import { DIR_OPTION, LOG_HELP, oneOf, parseOptions } from '../options.ts';
import type { Command, Terminal } from '../terminal.ts';

/** Nobody said how wide: as `git diff` and most mail programs take it. */
const DEFAULT_WIDTH = 80;

/** `pd-visualizer diff`: 0 no condition holds, 1 one does, 2 not understood, 3 could not be compared. */
export const diff: Command = {
  summary: 'two runs compared: the first call that differs, and all figures',
  help: `pd-visualizer diff <a> <b>: what differs between two runs
${LOG_HELP}
      --json             as JSON
      --markdown         as Markdown, for a comment on a pull request
  -o, --output <file>    a page (.html), JSON (.json) or Markdown (.md) as well; - is standard output
      --fail-on <list>   exit with 1 when one of them holds; ${FAIL_ON_HELP}      --dir <folder>     where runs are looked for by id; default: ./logs
  -h, --help             this text

Exit codes: 0 compared, and no condition holds; 1 a condition holds; 2 not understood; 3 a run could not be read, the
output not written, or a condition not judged, because the record lacks what it is about (such as prices).
`,
  failureCode: 3,
  async run(args, terminal) {
    const { positionals, values } = parseOptions(args, {
      ...DIR_OPTION,
      json: { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
      output: { type: 'string', short: 'o' },
      'fail-on': { type: 'string' },
    });
    const [a, b, ...more] = positionals;
    if (a === undefined || b === undefined || more.length > 0)
      throw new UsageError(`say which two logs: pd-visualizer diff <a> <b>; there are ${positionals.length}`);
    if (values.json && values.markdown) throw new UsageError('--json or --markdown, not both');
    const conditions = values['fail-on'] === undefined ? [] : parseConditions(values['fail-on']);
    const format = values.output === undefined ? undefined : formatOf(values.output, values);

    const logs = [
      await terminal.readLog(a, values.dir, true),
      await terminal.readLog(b, values.dir, true),
    ] as const;
    const found = compare(logs, conditions);
    if (values.output !== undefined && format !== undefined) {
      await write(values.output, found.as(format), logs, terminal);
      if (values.output === '-') return exitCode(found.verdicts);
    }
    if (values.json) terminal.out(found.as('json'));
    else if (values.markdown) terminal.out(found.as('markdown'));
    else {
      const { columns: width = DEFAULT_WIDTH, paint } = terminal;
      terminal.out(toDiffText(found.diff, found.verdicts, { width: Math.max(40, width), paint }));
    }
    if (values.output !== undefined) terminal.err(`${safeLine(values.output)}\n`);
    return exitCode(found.verdicts);
  },
};

type OutputFormat = 'html' | 'json' | 'markdown';

function formatOf(output: string, { json, markdown }: { json: boolean; markdown: boolean }): OutputFormat {
  if (output === '-') return json ? 'json' : markdown ? 'markdown' : 'html';
  const extension = oneOf('the ending of --output', /[^.]*$/.exec(output)?.[0] ?? '', ['html', 'json', 'md']);
  return extension === 'md' ? 'markdown' : extension;
}

function compare([{ tree: a }, { tree: b }]: readonly [Log, Log], conditions: readonly Condition[]) {
  const diff = diffRuns(a, b);
  const verdicts = judge(diff, conditions);
  const as = (format: OutputFormat): string => {
    switch (format) {
      case 'html':
        return toDiffHtml(a, b, { diff, verdicts });
      case 'json':
        return toDiffJson(diff, verdicts);
      case 'markdown':
        return toDiffMarkdown(diff, verdicts);
    }
  };
  return { diff, verdicts, as };
}

async function write(
  output: string,
  content: string,
  logs: readonly Log[],
  terminal: Terminal,
): Promise<void> {
  if (output === '-') return terminal.write(content);
  for (const file of logs.flatMap(({ files }) => files))
    if (await isSameFile(output, file))
      throw new UsageError(`${output} is one of the logs: give another name with -o`);
  await terminal.writeFile(output, content);
}

function exitCode(verdicts: readonly Verdict[]): number {
  if (verdicts.some(({ outcome }) => outcome === 'holds')) return 1;
  return verdicts.some(({ outcome }) => outcome === 'unknown') ? 3 : 0;
}
