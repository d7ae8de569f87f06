import type { ChatMessage } from '../schema/common.ts';
import type { AgentNode, CallNode, RunTree, Totals } from '../schema/tree.ts';
import { callsById, expandRequest } from '../tree/expand-request.ts';
import { chatText } from './chat-text.ts';
import { formatCost, formatCount, formatDuration, formatNumberOf, formatTime } from './format.ts';
import { renderLogs } from './render-logs.ts';
import { renderSteps } from './render-steps.ts';
import { safeLine, safeText } from './safe-text.ts';
import { type Paint, statusColour } from './style.ts';
import { fitTo, textWidth, wrapTo } from './text-width.ts';

export interface RenderOptions {
  paint: Paint;
  /** Absent when it is no terminal: then nothing is broken. */
  columns?: number;
  /** Every chat message of each request, and the whole reply. */
  expand: boolean;
}

/** Where there is no terminal to say how wide it is. */
const LONGEST_PREVIEW = 120;

/** A run as a tree of text: run, agents, calls, kept lines, steps. */
export function* renderRun(
  tree: RunTree,
  { paint, columns = Number.POSITIVE_INFINITY, expand }: RenderOptions,
  calls = callsById(tree),
): Generator<string> {
  const { run, agents } = tree;
  const name = run.name === undefined ? '' : `${paint('bold', safeLine(run.name))}  `;
  yield `${name}${safeLine(run.id)}  ${paint(statusColour(run.status), run.status)}`;
  const took = Date.parse(run.ended_at ?? '') - Date.parse(run.started_at ?? '');
  yield paint(
    'dim',
    [
      `${formatTime(run.started_at)} UTC`,
      ...(took >= 0 ? [formatDuration(took)] : []),
      figures(run.totals),
    ].join(' · '),
  );
  if (run.error !== undefined) yield errorLine(run.error, paint);
  for (const agent of agents) {
    yield '';
    yield agentLine(agent, paint);
    for (const [i, call] of agent.calls.entries()) {
      const last = i === agent.calls.length - 1;
      const [branch, stem] = last ? ['└─ ', '   '] : ['├─ ', '│  '];
      yield paint('dim', branch) + callLine(call, paint);
      const body = expand
        ? expanded(call, calls, paint, columns - 5)
        : preview(call, paint, Math.min(columns, LONGEST_PREVIEW) - 5);
      for (const line of body) yield `${paint('dim', stem)}  ${line}`.trimEnd();
      if (expand && !last) yield paint('dim', '│');
    }
  }
  yield* renderLogs(tree.logs ?? [], { paint, columns, expand });
  yield* renderSteps(tree.steps ?? [], { paint, columns, expand });
}

function agentLine({ id, name, role, totals }: AgentNode, paint: Paint): string {
  const also = [name === id ? undefined : name, role].flatMap((text) =>
    text === undefined ? [] : safeLine(text),
  );
  const said = totals.calls > 0 ? `  ${figures(totals)}` : '';
  return `${paint(['bold', 'cyan'], safeLine(id))}${also.length > 0 ? `  ${also.join(' · ')}` : ''}${paint('dim', said)}`;
}

function figures(totals: Totals): string {
  const { calls, errors, input_tokens, output_tokens } = totals;
  return [
    formatNumberOf(calls, 'call'),
    ...(errors > 0 ? [formatNumberOf(errors, 'error')] : []),
    `${formatCount(input_tokens)} → ${formatCount(output_tokens)} tokens`,
    ...(calls > 0 ? [formatCost(totals)] : []),
  ].join(' · ');
}

function callLine(call: CallNode, paint: Paint): string {
  const { status, operation, pre, usage, attempts } = call;
  const facts = [
    safeLine(`${pre.provider}/${pre.model}`),
    ...(operation === 'chat' ? [] : [operation]),
    ...(call.duration_ms === undefined ? [] : [formatDuration(call.duration_ms)]),
    ...(usage === undefined ? [] : [`${tokens(usage.input_tokens)} → ${tokens(usage.output_tokens)} tokens`]),
    ...(call.cost_usd === undefined ? [] : [formatCost({ cost_usd: call.cost_usd, unpriced_calls: 0 })]),
    ...(attempts.length > 1 ? [formatNumberOf(attempts.length, 'attempt')] : []),
    ...(pre.exact === false ? ['not exact'] : []),
    ...(call.agent_source === 'unknown' ? ['agent unknown'] : []),
  ];
  return `${paint(statusColour(status), status)}  ${facts.join(' · ')}  ${paint('dim', safeLine(call.id))}`;
}

function tokens(count: number | undefined): string {
  return count === undefined ? '?' : formatCount(count);
}

function* preview(
  { pre, post, error, tool_calls }: CallNode,
  paint: Paint,
  columns: number,
): Generator<string> {
  const prompt = pre.messages.at(-1);
  const line = (mark: string, text: string) => `${paint('dim', mark)} ${fitTo(columns - 2, safeLine(text))}`;
  if (prompt !== undefined) yield line('›', chatText(prompt));
  if (post?.message !== undefined) yield line('‹', chatText(post.message) || '(empty)');
  for (const tool of tool_calls) yield line('⚙', `${tool.name} ${tool.status}`);
  if (error !== undefined) yield errorLine(error, paint, columns);
}

function* expanded(
  { post, error, ...call }: CallNode,
  calls: ReadonlyMap<string, CallNode>,
  paint: Paint,
  columns: number,
): Generator<string> {
  let request: ChatMessage[];
  try {
    request = expandRequest({ ...call }, calls);
  } catch (cause) {
    yield paint('red', safeLine((cause as Error).message));
    request = call.pre.messages;
  }
  for (const message of request) yield* block(String(message.role ?? 'message'), message, columns, paint);
  if (post?.message !== undefined)
    yield* block(
      `reply${post.partial ? ', partial' : ''}${post.finish_reason ? `, ${post.finish_reason}` : ''}`,
      post.message,
      columns,
      paint,
      'green',
    );
  if (error !== undefined) yield errorLine(error, paint);
}

function* block(
  title: string,
  message: ChatMessage,
  columns: number,
  paint: Paint,
  colour: Parameters<Paint>[0] = 'magenta',
): Generator<string> {
  const speaker = typeof message.name === 'string' ? ` ${message.name}` : '';
  yield paint(colour, safeLine(title + speaker));
  for (const line of safeText(chatText(message)).split('\n'))
    for (const part of wrapTo(columns - 2, line)) yield `  ${part}`;
}

function errorLine(
  { type, code, status, message }: NonNullable<CallNode['error']>,
  paint: Paint,
  columns = Number.POSITIVE_INFINITY,
): string {
  const head = safeLine([type, code, status].filter((part) => part !== undefined).join(' '));
  return `${paint('red', `✗ ${head}`)} ${fitTo(columns - textWidth(head) - 3, safeLine(message))}`;
}
