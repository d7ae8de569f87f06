import type { AgentTime } from '../../analysis/agent-times.ts';
import { formatCount, formatDuration } from '../../text/format.ts';
import { SpeakerName } from '../parts/speaker-name.tsx';
import type { Store } from '../state/store.ts';

/** What each agent did with its time. */
export function AgentTimes({ agents, store: { run } }: { agents: readonly AgentTime[]; store: Store }) {
  return (
    <div class="table-scroll">
      <table class="agent-times">
        <thead>
          <tr>
            <th scope="col">Agent</th>
            <th scope="col">Calls</th>
            <th scope="col">Working</th>
            <th scope="col">Waiting</th>
            <th scope="col">Tools</th>
            <th scope="col">Between</th>
          </tr>
        </thead>
        <tbody>
          {agents.map(({ agentId, calls, workingMs, waitedMs, toolMs, betweenMs }) => (
            <tr key={agentId}>
              <th scope="row">
                <SpeakerName run={run} id={agentId} />
              </th>
              <td>{formatCount(calls)}</td>
              {[workingMs, waitedMs, toolMs, betweenMs].map((ms, column) => (
                <td key={column}>{ms === 0 ? '–' : formatDuration(ms)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
