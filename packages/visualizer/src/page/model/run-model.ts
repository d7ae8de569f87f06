import type { CallNode, RunTree } from '@pd/call-log/schema';
import { isSpeaker } from '../../graph/is-speaker.ts';
import type { GraphNode, RunGraph } from '../../graph/run-graph.ts';
import { toGraph } from '../../graph/to-graph.ts';
import type { PageData } from '../../html/page-data.ts';
import type { GraphLayout } from '../../layout/graph-layout.ts';
import { timeSpan } from './time-span.ts';
import type { Interval } from './tracks.ts';

const COLOURS = 10;

/** Somebody who asks or speaks, with the colour that follows them through the page. */
export interface Speaker {
  id: string;
  node: GraphNode;
  /** A CSS colour. */
  colour: string;
}

/** A call with its owner and its place in time (milliseconds since 1970). */
export interface TimedCall extends Interval {
  call: CallNode;
  agentId: string;
}

/** Everything the page shows, looked up once. */
export interface RunModel {
  tree: RunTree;
  graph: RunGraph;
  layout: GraphLayout;
  speakers: Speaker[];
  speakerById: ReadonlyMap<string, Speaker>;
  /** By the keys of the graph's nodes. */
  speakerByKey: ReadonlyMap<string, Speaker>;
  labelByKey: ReadonlyMap<string, string>;
  /** In the order of their beginnings. */
  calls: TimedCall[];
  callById: ReadonlyMap<string, TimedCall>;
  span: Interval;
}

export function createRunModel({ tree, layout }: PageData): RunModel {
  const graph = toGraph(tree);
  const span = timeSpan(tree);
  const speakers = graph.nodes.filter(isSpeaker).map(toSpeaker);
  const calls = tree.agents
    .flatMap((agent) => agent.calls.map((call) => timedCall(call, agent.id, span)))
    .sort((a, b) => a.start - b.start);
  return {
    tree,
    graph,
    layout,
    speakers,
    speakerById: new Map(speakers.map((speaker) => [speaker.id, speaker])),
    speakerByKey: new Map(speakers.map((speaker) => [speaker.node.key, speaker])),
    labelByKey: new Map(graph.nodes.map(({ key, label }) => [key, label])),
    calls,
    callById: new Map(calls.map((timed) => [timed.call.id, timed])),
    span,
  };
}

function toSpeaker(node: GraphNode, index: number): Speaker {
  const colour = node.kind === 'person' ? 'var(--person)' : `var(--agent-${index % COLOURS})`;
  return { id: node.id, node, colour };
}

function timedCall(call: CallNode, agentId: string, span: Interval): TimedCall {
  const start = Date.parse(call.started_at) || span.start;
  const end =
    call.ended_at === undefined ? start + (call.duration_ms ?? 0) : Date.parse(call.ended_at) || start;
  // A call that never ended lasts, as far as anybody knows, until the record ends.
  const isOpen = call.status === 'open' || (call.status === 'interrupted' && call.ended_at === undefined);
  return { call, agentId, start, end: isOpen ? span.end : Math.max(start, end) };
}
