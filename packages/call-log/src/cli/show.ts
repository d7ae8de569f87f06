import { findRun } from '../reader/find-runs.ts';
import { readTree } from '../reader/read-tree.ts';
import type { RunTree } from '../schema/tree.ts';
import { callsById, expandRequest } from '../tree/expand-request.ts';
import { COMMON_HELP, onlyRun, parseOptions, RUN_HELP } from './options.ts';
import { renderRun } from './render-run.ts';
import { safeJson } from './safe-text.ts';
import type { Command } from './terminal.ts';

const options = {
  expand: { type: 'boolean', short: 'e', default: false },
  agent: { type: 'string' },
  call: { type: 'string' },
} as const;

/** `call-log show` */
export const show: Command = {
  summary: 'a run as a tree: its agents, their calls',
  help: `call-log show <run>: a run as a tree: its agents, their calls
${RUN_HELP}
  -e, --expand        every chat message of each request as it was sent, the whole reply, every kept line and step
      --agent <id>    only that agent
      --call <id>     only that call; the beginning of its id will do${COMMON_HELP}`,
  async run(args, { out, paint, columns }) {
    const { values, positionals } = parseOptions(args, options);
    const { journal, tree: snapshot, id } = await findRun(onlyRun(positionals, 'show'), values.dir);
    const whole = await readTree(journal ?? snapshot ?? id);
    const calls = callsById(whole);
    const tree = only(whole, values.agent, values.call);
    if (values.json) {
      out(`${safeJson(values.expand ? withRequests(tree, calls) : tree, 2)}\n`);
      return 0;
    }
    for (const line of renderRun(tree, { paint, ...(columns && { columns }), expand: values.expand }, calls))
      out(`${line}\n`);
    return 0;
  },
};

/** The part that was asked for. @throws when there is no such agent or call */
function only(tree: RunTree, agentId: string | undefined, callId: string | undefined): RunTree {
  if (agentId === undefined && callId === undefined) return tree;
  const agents = tree.agents
    .filter(({ id }) => agentId === undefined || id === agentId)
    .map((agent) => ({
      ...agent,
      calls: agent.calls.filter(({ id }) => callId === undefined || id.startsWith(callId)),
    }));
  if (agents.length === 0) {
    const known = tree.agents.map(({ id }) => id).join(', ');
    throw new Error(`no agent ${agentId} in run ${tree.run.id}; there are ${known || 'none'}`);
  }
  const logs = tree.logs?.filter(
    ({ agent_id, call_id }) =>
      (agentId === undefined || agent_id === agentId) &&
      (callId === undefined || call_id?.startsWith(callId)),
  );
  const steps = tree.steps?.filter(
    ({ agent_id }) => callId === undefined && (agentId === undefined || agent_id === agentId),
  );
  const part = {
    ...tree,
    agents,
    ...(logs !== undefined && { logs }),
    ...(steps !== undefined && { steps }),
  };
  if (callId === undefined) return part;
  const asked = agents.filter(({ calls }) => calls.length > 0);
  if (asked.length === 0) throw new Error(`no call in run ${tree.run.id} begins with ${callId}`);
  return { ...part, agents: asked };
}

function withRequests(tree: RunTree, calls: ReturnType<typeof callsById>): RunTree {
  return {
    ...tree,
    agents: tree.agents.map((agent) => ({
      ...agent,
      calls: agent.calls.map((call) => {
        const { history: _, ...pre } = call.pre;
        return { ...call, pre: { ...pre, messages: expandRequest(call, calls) } };
      }),
    })),
  };
}
