import type { AttemptNode } from '@pd/call-log/schema';
import { formatDuration } from '../../text/format.ts';
import { StatusBadge } from '../parts/status-badge.tsx';
import { Section } from './section.tsx';

/** Every request on the wire for a call: retries and fallbacks. */
export function AttemptsTable({ attempts }: { attempts: readonly AttemptNode[] }) {
  return (
    <Section title={attempts.length === 1 ? 'Attempt' : `Attempts (${attempts.length})`}>
      <div class="table-scroll">
        <table class="attempts">
          <thead>
            <tr>
              <th scope="col">#</th>
              <th scope="col">Model</th>
              <th scope="col">Status</th>
              <th scope="col">HTTP</th>
              <th scope="col">Waited</th>
              <th scope="col">Took</th>
            </tr>
          </thead>
          <tbody>
            {attempts.map((attempt) => (
              <tr key={attempt.number} title={attempt.error?.message}>
                <td>{attempt.number}</td>
                <td>
                  <bdi>{attempt.model ? `${attempt.provider}/${attempt.model}` : attempt.provider}</bdi>
                </td>
                <td>
                  <StatusBadge status={attempt.status} />
                </td>
                <td>{attempt.http_status ?? '–'}</td>
                <td>{duration(attempt.waited_ms)}</td>
                <td>{duration(attempt.duration_ms)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function duration(ms: number | undefined): string {
  return ms === undefined ? '–' : formatDuration(ms);
}
