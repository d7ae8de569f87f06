import type { CallNode, JsonObject, LogNode, MessageNode, RunTree, StepNode } from '@pd/call-log/schema';
import type { RunGraph } from '../../graph/run-graph.ts';
import type { GraphLayout } from '../../layout/graph-layout.ts';
import type { Columns, PackedAnalysis } from '../../page-data/page-data.ts';
import type { BlockList } from './block-list.ts';
import type { MessageBodies } from './message-bodies.ts';
import type { Speaker } from './speaker.ts';

/** What is counted, drawn and searched of the calls, by their places. Unknown numbers are NaN, times as in `Columns`. */
export interface CallColumns {
  readonly count: number;
  readonly id: readonly string[];
  /** Places in `speakers`. */
  readonly agent: Int32Array;
  readonly parent: Int32Array;
  readonly provider: Int32Array;
  readonly model: Int32Array;
  /** Codes of `CALL_STATUSES`. */
  readonly status: Uint8Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly durationMs: Float64Array;
  readonly firstChunkMs: Float64Array;
  readonly inputTokens: Float64Array;
  readonly outputTokens: Float64Array;
  readonly cachedTokens: Float64Array;
  readonly costUsd: Float64Array;
  readonly attempts: Int32Array;
  /** The error's name in `names`; -1 for none. */
  readonly error: Int32Array;
  readonly excerpt: readonly string[];
}

/** The same of messages; places are -1 where something is not on record. */
export interface MessageColumns {
  readonly count: number;
  readonly id: readonly string[];
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly call: Int32Array;
  readonly at: Float64Array;
  readonly status: readonly MessageNode['status'][];
  /** 1 where the message says what the reply to its call says. */
  readonly isReply: Uint8Array;
  readonly excerpt: readonly string[];
}

/** What else is on record. */
export interface More {
  logs?: LogNode[];
  steps?: StepNode[];
  orphans: JsonObject[];
}

/** A run as the page holds it: everything that is drawn at hand, everything that was said behind `bodies`. */
export interface RunModel {
  readonly run: RunTree['run'];
  readonly audit: RunTree['audit'];
  readonly speakers: readonly Speaker[];
  readonly speakerById: ReadonlyMap<string, Speaker>;
  /** By the keys of the graph's nodes. */
  readonly speakerByKey: ReadonlyMap<string, Speaker>;
  readonly layout: GraphLayout;
  /** Of the whole run. */
  readonly graph: RunGraph;
  readonly names: readonly string[];
  readonly calls: CallColumns;
  readonly toolCalls: Columns['toolCalls'];
  readonly messages: MessageColumns;
  readonly callPlaces: ReadonlyMap<string, number>;
  readonly messagePlaces: ReadonlyMap<string, number>;
  /** Milliseconds since 1970 of what the columns call 0. */
  readonly origin: number;
  /** Nothing is known of when things happened: times count turns, a second each. */
  readonly isInTurns: boolean;
  /** The end of the record, at least 1. */
  readonly end: number;
  readonly callBodies: BlockList<CallNode>;
  readonly messageBodies: MessageBodies;
  more(): Promise<More>;
  readonly hasAnalysis: boolean;
  /** Opened once; `undefined` for a run without one. */
  analysis(): Promise<PackedAnalysis | undefined>;
}
