import type { Select } from '../hooks/use-selection.ts';
import { memo } from '../memo.ts';
import { costText } from '../model/cost.ts';
import { formatCount, formatShort } from '../model/format.ts';
import type { RunModel } from '../model/run-model.ts';
import { SpeakerName } from './speaker-name.tsx';

interface AgentTableProps {
  run: RunModel;
  agent: string | undefined;
  select: Select;
}

/** The graph as a table: who took part and what each of them came to. */
export const AgentTable = memo(function AgentTable({ run, agent, select }: AgentTableProps) {
  const sent = new Map<string, number>();
  for (const { from } of run.tree.messages) if (from !== undefined) sent.set(from, (sent.get(from) ?? 0) + 1);
  return (
    <section class="panel agents-panel" aria-labelledby="agents-title">
      <div class="panel-head">
        <h2 id="agents-title">Agents</h2>
      </div>
      <div class="table-scroll">
        <table class="agents">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Calls</th>
              <th scope="col">Errors</th>
              <th scope="col">Said</th>
              <th scope="col">Tokens</th>
              <th scope="col">Cost</th>
            </tr>
          </thead>
          <tbody>
            {run.speakers.map(({ id, node: { totals } }) => (
              <tr key={id} class={id === agent ? 'is-selected' : undefined}>
                <th scope="row">
                  <button
                    type="button"
                    aria-pressed={id === agent}
                    onClick={() => select({ agent: id === agent ? undefined : id })}
                  >
                    <SpeakerName run={run} id={id} />
                  </button>
                </th>
                <td>{orDash(totals.calls)}</td>
                <td class={totals.errors > 0 ? 'is-bad' : undefined}>{orDash(totals.errors)}</td>
                <td>{orDash(sent.get(id) ?? 0)}</td>
                <td>{tokens(totals.inputTokens, totals.outputTokens)}</td>
                <td>{costText(totals)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
});

function orDash(count: number): string {
  return count === 0 ? '–' : formatCount(count);
}

function tokens(input: number | undefined, output: number | undefined): string {
  return input === undefined && output === undefined ? '–' : formatShort((input ?? 0) + (output ?? 0));
}
