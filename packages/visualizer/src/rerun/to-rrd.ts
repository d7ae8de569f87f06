import type { RunTree } from '@pd/call-log/schema';
import { toGraph } from '../graph/to-graph.ts';
import { int64Data, utf8Data } from './arrow-data.ts';
import { blueprintChunks } from './blueprint-chunks.ts';
import type { Chunk } from './chunk.ts';
import { clip } from './clip.ts';
import { component } from './components.ts';
import { createFileIds, type FileIds, identify } from './file-ids.ts';
import { graphChunks } from './graph-chunks.ts';
import { uuidText } from './hex.ts';
import { type Arrow, loadArrow } from './load-arrow.ts';
import { logChunks } from './log-chunks.ts';
import { type Moments, momentsOf } from './moments.ts';
import { concatBytes } from './protobuf.ts';
import { rrdFile } from './rrd-file.ts';
import { createScene, type Scene } from './scene.ts';
import { timelinesOf } from './timeline.ts';
import { clockTimes } from './times.ts';

/** How a Rerun recording is made. */
export interface RrdOptions {
  /** Longest text of a line of the log, in UTF-16 units; what is longer ends in `…`. Default 500. */
  maxTextLength?: number;
}

const DEFAULT_TEXT_LENGTH = 500;
const NAME_LENGTH = 200;

/**
 * A run as a recording for the Rerun viewer: the agents as a graph that grows and lights up, every call and message in
 * a text log, and a blueprint that lays them out, on the timelines `call` (the calls' numbers, from 0) and `time`.
 *
 * The same tree gives the same bytes. The work is linear in the size of the tree.
 *
 * @returns the content of an `.rrd` file, which viewers from 0.24 on open
 * @throws {MissingPackageError} (`missing_package`) when `apache-arrow`, an optional peer, is not installed
 */
export async function toRrd(tree: RunTree, options: RrdOptions = {}): Promise<Uint8Array> {
  const { maxTextLength = DEFAULT_TEXT_LENGTH } = options;
  const arrow = await loadArrow();
  const ids = createFileIds();
  const scene = createScene(toGraph(tree));
  const moments = momentsOf(tree);
  const log = logChunks(arrow, ids, moments.byTime, maxTextLength);
  const chunks = [
    propertiesChunk(arrow, ids, tree, moments),
    ...graphChunks(arrow, ids, scene, timelinesOf(moments)),
    ...log,
  ];
  const identity = await identify(contentOf(tree, scene, log), moments.begin ?? 0);
  const id = `${clip(tree.run.id, NAME_LENGTH)}-${identity.short}`;
  const recording = { store: { kind: 'recording', id }, id: ids.take(1), chunks } as const;
  const blueprint = {
    store: { kind: 'blueprint', id: uuidText(identity.uuid()) },
    id: ids.take(1),
    chunks: blueprintChunks(arrow, ids, identity, scene),
  } as const;
  return rrdFile(arrow, identity.base, recording, blueprint);
}

/** What tells this run from another, and from itself when it has gone on: who is in it, and all lines of the log. */
function contentOf({ run }: RunTree, { names }: Scene, log: readonly Chunk[]): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(JSON.stringify([run.id, run.name, run.status, names]));
  const texts = log.flatMap(({ components }) => components.map(({ items }): Uint8Array => items.values));
  return concatBytes([head, ...texts]);
}

/** What the viewer calls the recording, and when it began. */
function propertiesChunk(arrow: Arrow, ids: FileIds, { run }: RunTree, { begin }: Moments): Chunk {
  const name = utf8Data(arrow, [clip(run.name || run.id, NAME_LENGTH)]);
  const components = [component('RecordingInfo', 'name', 'Name', name)];
  if (begin !== undefined) {
    const start = int64Data(arrow, clockTimes([begin]).values);
    components.push(component('RecordingInfo', 'start_time', 'Timestamp', start));
  }
  return { id: ids.take(1), entity: '/__properties', rows: [ids.take(1)], times: [], components };
}
