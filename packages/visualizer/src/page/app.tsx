import { useMemo, useState } from 'preact/hooks';
import type { PageTheme } from '../html/page-data.ts';
import { useKeys } from './hooks/use-keys.ts';
import { useSelection } from './hooks/use-selection.ts';
import { useTheme } from './hooks/use-theme.ts';
import { neighbourCall } from './model/neighbour-call.ts';
import type { RunModel } from './model/run-model.ts';
import { callTone } from './model/status.ts';
import { AgentTable } from './parts/agent-table.tsx';
import { Drawer } from './parts/drawer.tsx';
import { GraphPanel } from './parts/graph-panel.tsx';
import { HelpDialog } from './parts/help-dialog.tsx';
import { Timeline } from './parts/timeline.tsx';
import { TopBar } from './parts/top-bar.tsx';
import { Transcript } from './parts/transcript.tsx';

/** The whole page: the run on top, who took part on the left, what happened on the right. */
export function App({ run, theme: initialTheme }: { run: RunModel; theme: PageTheme }) {
  const [wanted, select] = useSelection();
  const [helpIsOpen, setHelpIsOpen] = useState(false);
  const theme = useTheme(initialTheme);

  // A link may name what this run does not have.
  const agent = wanted.agent !== undefined && run.speakerById.has(wanted.agent) ? wanted.agent : undefined;
  const calls = useMemo(
    () => (agent === undefined ? run.calls : run.calls.filter(({ agentId }) => agentId === agent)),
    [run, agent],
  );
  const selectedCall = wanted.call === undefined ? undefined : run.callById.get(wanted.call);
  const step = (by: 1 | -1, wants?: (index: number) => boolean) => {
    const next = neighbourCall(calls, selectedCall, by, wants);
    if (next) select({ call: next.call.id, message: undefined }, 'replace');
  };
  const isBad = (index: number) => {
    const status = calls[index]?.call.status;
    return status !== undefined && ['bad', 'warn'].includes(callTone(status));
  };

  useKeys({
    j: () => step(1),
    k: () => step(-1),
    e: () => step(1, isBad),
    t: theme.toggle,
    '?': () => setHelpIsOpen(true),
    Escape: () => {
      if (wanted.call !== undefined || wanted.message !== undefined)
        select({ call: undefined, message: undefined });
      else if (wanted.agent !== undefined) select({ agent: undefined });
    },
  });

  return (
    <>
      <TopBar run={run} isDark={theme.isDark} onTheme={theme.toggle} onHelp={() => setHelpIsOpen(true)} />
      <main class="main">
        <div class="column column-who">
          <GraphPanel run={run} agent={agent} select={select} />
          <AgentTable run={run} agent={agent} select={select} />
        </div>
        <div class="column column-what">
          <Timeline run={run} agent={agent} call={selectedCall?.call.id} select={select} />
          <Transcript run={run} agent={agent} selection={wanted} select={select} />
        </div>
      </main>
      <Drawer run={run} selection={wanted} select={select} step={step} />
      {helpIsOpen && <HelpDialog onClose={() => setHelpIsOpen(false)} />}
    </>
  );
}
