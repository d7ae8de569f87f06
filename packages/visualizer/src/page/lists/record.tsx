import type { LogNode, StepNode } from '@pd/call-log/schema';
import { useEffect, useState } from 'preact/hooks';
import { contentText } from '../../text/content-text.ts';
import { formatCount, formatDuration } from '../../text/format.ts';
import { visibleText } from '../../text/visible-text.ts';
import { Facts } from '../drawer/facts.tsx';
import { JsonBlock } from '../drawer/json-block.tsx';
import { Section } from '../drawer/section.tsx';
import { momentText } from '../model/moment.ts';
import { SpeakerName } from '../parts/speaker-name.tsx';
import type { More, RunModel } from '../run/run-model.ts';
import type { Store } from '../state/store.ts';

/** Rows of one kind that are shown; the log has the rest. */
const MOST_ROWS = 500;

/** What else is on record: how well it was kept, steps, lines of the program's own log, what belongs nowhere. */
export function Record({ store: { run } }: { store: Store }) {
  const { more, error } = useMore(run);
  const { audit } = run;
  const count = (value: number | undefined) => (value === undefined ? undefined : formatCount(value));
  return (
    <div class="record">
      <Section title="How it was kept">
        <Facts
          facts={[
            ['Records', count(audit.events)],
            ['Dropped', count(audit.dropped)],
            ['Damaged lines', count(audit.damaged_lines)],
            ['Logger errors', count(audit.logger_errors)],
            ['Redactions', count(audit.redactions)],
            [
              'Own overhead',
              audit.log_overhead_us === undefined ? undefined : formatDuration(audit.log_overhead_us / 1000),
            ],
            ['Contents', audit.capture_content === false ? 'not recorded' : undefined],
          ]}
        />
        {Object.keys(run.run.metadata).length > 0 && <JsonBlock title="Metadata" value={run.run.metadata} />}
      </Section>
      {error && (
        <p class="problem" role="alert">
          {error}
        </p>
      )}
      {more?.steps && (
        <Rows title="Steps" items={more.steps} row={(step) => <Step run={run} step={step} />} />
      )}
      {more?.logs && <Rows title="Log" items={more.logs} row={(line) => <LogLine run={run} line={line} />} />}
      {more !== undefined && more.orphans.length > 0 && (
        <Section title={`Records of no known call (${more.orphans.length})`}>
          <JsonBlock title="As they stand in the journal" value={more.orphans.slice(0, MOST_ROWS)} />
        </Section>
      )}
    </div>
  );
}

interface RowsProps<T> {
  title: string;
  items: readonly T[];
  row: (item: T) => preact.JSX.Element;
}

function Rows<T>({ title, items, row }: RowsProps<T>) {
  return (
    <Section title={`${title} (${formatCount(items.length)})`}>
      <ol class="record-rows">
        {items.slice(0, MOST_ROWS).map((item, index) => (
          <li key={index}>{row(item)}</li>
        ))}
      </ol>
      {items.length > MOST_ROWS && <p class="hint">The first {MOST_ROWS}; the journal has the others.</p>}
    </Section>
  );
}

function Step({ run, step }: { run: RunModel; step: StepNode }) {
  return (
    <>
      <Time run={run} at={step.at} />
      {step.agent_id !== undefined && <SpeakerName run={run} id={step.agent_id} />}
      <code>{step.name}</code>
      {step.status === 'error' && <span class="badge badge-bad">✕ error</span>}
      <span class="record-text">{visibleText(step.error?.message ?? contentText(step.value))}</span>
    </>
  );
}

function LogLine({ run, line }: { run: RunModel; line: LogNode }) {
  const fields = line.fields === undefined ? '' : ` ${JSON.stringify(line.fields)}`;
  return (
    <>
      <Time run={run} at={line.at} />
      {line.agent_id !== undefined && <SpeakerName run={run} id={line.agent_id} />}
      <code>{line.level}</code>
      <span class="record-text">{visibleText(`${line.message ?? ''}${fields}`)}</span>
    </>
  );
}

function Time({ run, at }: { run: RunModel; at: string }) {
  const offset = Date.parse(at) - run.origin;
  return <time dateTime={at}>{Number.isNaN(offset) ? '–' : momentText(run, Math.max(0, offset))}</time>;
}

/** The rest of the record, once it is read; or why it cannot be. */
function useMore(run: RunModel): { more?: More; error?: string } {
  const [result, setResult] = useState<{ more?: More; error?: string }>({});
  useEffect(() => {
    let isWanted = true;
    run.more().then(
      (more) => isWanted && setResult({ more }),
      (error) => isWanted && setResult({ error: String(error) }),
    );
    return () => {
      isWanted = false;
    };
  }, [run]);
  return result;
}
