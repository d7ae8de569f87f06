import type { RunTree } from '@pd/call-log/schema';
import type { Analysis } from '../analysis/analyse.ts';
import type { RunGraph } from '../graph/run-graph.ts';
import type { GraphLayout } from '../layout/graph-layout.ts';

/** What the page is given, as JSON inside the document. What is large stands beside it, in compressed blocks. */
export interface PageData {
  theme: PageTheme;
  runs: PackedRun[];
}

/** `auto` follows the reader's system. */
export type PageTheme = 'auto' | 'light' | 'dark';

/** A run as the page opens it: what is shown at once, and where the rest lies. */
export interface PackedRun {
  run: RunTree['run'];
  /** Nothing is known of when things happened, only in which order: times count turns, a second each. */
  isInTurns?: true;
  audit: RunTree['audit'];
  /** Agents as recorded, then whoever else wrote or was written to; columns refer to their places. */
  speakers: PackedSpeaker[];
  /** Of the whole run, without the lists of what is on its edges, which the columns have. */
  graph: RunGraph;
  /** Computed on export, so that the picture is the same wherever the page is opened. */
  layout: GraphLayout;
  /** Id of the block that holds {@link Columns}. */
  columns: string;
  /** Blocks with the whole calls, as an array each. */
  calls: BlockRange[];
  /** Blocks with the whole messages. */
  messages: BlockRange[];
  /** Block with `{ logs, steps, orphans }` of the tree; absent when there are none. */
  more?: string;
  /** Block with {@link PackedAnalysis}; absent for a run without calls. */
  analysis?: string;
}

/** What was found out about a run, opened when somebody asks for it. */
export interface PackedAnalysis {
  analysis: Analysis;
  /** Places of the calls on the critical path, in its order. */
  path: number[];
}

/** Somebody who asks or speaks. `isAgent` is false for a speaker that the record names in messages only. */
export interface PackedSpeaker {
  id: string;
  isAgent: boolean;
  name?: string;
  role?: string;
  parentId?: string;
}

/** A block and the place of its first item; it goes on to where the next one begins. */
export interface BlockRange {
  block: string;
  first: number;
}

/**
 * Everything about calls and messages that is counted, drawn or searched, a column per field. Calls are in the order of
 * their beginnings, messages in the order of the record. Times are milliseconds after `origin`. What is not known
 * is `null`.
 */
export interface Columns {
  /** Milliseconds since 1970. */
  origin: number;
  /** End of the record. */
  end: number;
  /** Names that columns refer to by place. */
  names: string[];
  calls: {
    id: string[];
    /** Place in `speakers`. */
    agent: number[];
    /** Place of the call that it was made for, in these columns; -1 for none. */
    parent: number[];
    provider: number[];
    model: number[];
    status: number[];
    start: number[];
    /** Of a call that did not end: where the record of it does. */
    end: number[];
    durationMs: (number | null)[];
    firstChunkMs: (number | null)[];
    inputTokens: (number | null)[];
    outputTokens: (number | null)[];
    cachedTokens: (number | null)[];
    costUsd: (number | null)[];
    attempts: number[];
    /** The error's name; -1 for none. */
    error: number[];
    /** The beginning of the error's message, where there is one, and of what came back. */
    excerpt: string[];
  };
  /** Tool calls, in the order of the calls they belong to. */
  toolCalls: {
    call: number[];
    id: string[];
    name: number[];
    status: number[];
    durationMs: (number | null)[];
  };
  messages: {
    id: string[];
    /** Places in `speakers`; -1 when it is not on record. */
    from: number[];
    to: number[];
    /** Place of the call that it came from; -1 for none. */
    call: number[];
    at: number[];
    status: number[];
    /** `null` when it says what the reply to its call says; then its block does not say it again. */
    excerpt: (string | null)[];
  };
}
