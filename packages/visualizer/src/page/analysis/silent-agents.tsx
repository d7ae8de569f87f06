import type { Analysis } from '../../analysis/analyse.ts';
import { plural } from '../../text/format.ts';
import { SpeakerName } from '../parts/speaker-name.tsx';
import type { Store } from '../state/store.ts';

interface SilentAgentsProps {
  analysis: Pick<Analysis, 'silentAgents' | 'silentAgentCount'>;
  store: Store;
}

/** Who asked nothing and said nothing. */
export function SilentAgents({ analysis, store: { run } }: SilentAgentsProps) {
  const { silentAgents, silentAgentCount } = analysis;
  const more = silentAgentCount - silentAgents.length;
  return (
    <ul class="silent">
      {silentAgents.map(({ agentId, received }) => (
        <li key={agentId}>
          <SpeakerName run={run} id={agentId} />{' '}
          <span>{received === 0 ? 'got nothing' : `got ${plural(received, 'message')}`}</span>
        </li>
      ))}
      {more > 0 && <li>and {more} more</li>}
    </ul>
  );
}
