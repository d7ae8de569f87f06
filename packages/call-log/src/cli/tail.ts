import { NotALogError } from '../errors/not-a-log-error.ts';
import { findRun } from '../reader/find-runs.ts';
import { followJournal } from '../reader/follow-journal.ts';
import { createEventLines } from './event-line.ts';
import { COMMON_HELP, onlyRun, parseOptions, RUN_HELP } from './options.ts';
import { safeJson } from './safe-text.ts';
import type { Command } from './terminal.ts';

/** `call-log tail` */
export const tail: Command = {
  summary: 'the events of a run in order; -f follows it live',
  help: `call-log tail [-f] <run>: the events of a run in order, one a line
${RUN_HELP}
  -f, --follow        goes on with what is written, until the run has ended or its process is gone${COMMON_HELP}`,
  async run(args, { out, err, paint, paintErr, columns = Number.POSITIVE_INFINITY }) {
    const { values, positionals } = parseOptions(args, {
      follow: { type: 'boolean', short: 'f', default: false },
    });
    const { id, journal, tree } = await findRun(onlyRun(positionals, 'tail'), values.dir);
    if (journal === undefined)
      throw new NotALogError(tree ?? id, 'events stand in the journal, and that is gone');
    const toLine = createEventLines(paint, columns);
    for await (const line of followJournal(journal, { follow: values.follow })) {
      if (line.kind === 'damaged') err(`${paintErr('red', `line ${line.number}:`)} not a whole record\n`);
      else if (line.kind === 'event') out(`${values.json ? safeJson(line.event) : toLine(line.event)}\n`);
    }
    return 0;
  },
};
