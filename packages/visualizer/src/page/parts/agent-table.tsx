import { useMemo } from 'preact/hooks';
import { emptyTotals } from '../../graph/totals.ts';
import { costText } from '../model/cost.ts';
import { formatCount, formatShort } from '../model/format.ts';
import type { Store } from '../state/store.ts';
import { SpeakerName } from './speaker-name.tsx';

/** The graph as a table: who took part and what each of them came to. */
export function AgentTable({ store: { run, view, change } }: { store: Store }) {
  const { agent } = view.value;
  return useMemo(() => {
    const sent = new Map<number, number>();
    for (const from of run.messages.from) sent.set(from, (sent.get(from) ?? 0) + 1);
    const totals = new Map(run.graph.nodes.map((node) => [run.speakerByKey.get(node.key), node.totals]));
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
              {run.speakers.map((speaker) => {
                const { id, place } = speaker;
                const sums = totals.get(speaker) ?? emptyTotals();
                return (
                  <tr key={id} class={id === agent ? 'is-selected' : undefined}>
                    <th scope="row">
                      <button
                        type="button"
                        aria-pressed={id === agent}
                        onClick={() => change({ agent: id === agent ? undefined : id })}
                      >
                        <SpeakerName run={run} id={id} />
                      </button>
                    </th>
                    <td>{orDash(sums.calls)}</td>
                    <td class={sums.errors > 0 ? 'is-bad' : undefined}>{orDash(sums.errors)}</td>
                    <td>{orDash(sent.get(place) ?? 0)}</td>
                    <td>{tokens(sums)}</td>
                    <td>{costText(sums)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      </section>
    );
  }, [run, agent, change]);
}

function orDash(count: number): string {
  return count === 0 ? '–' : formatCount(count);
}

function tokens({ inputTokens, outputTokens }: { inputTokens?: number; outputTokens?: number }): string {
  return inputTokens === undefined && outputTokens === undefined
    ? '–'
    : formatShort((inputTokens ?? 0) + (outputTokens ?? 0));
}
