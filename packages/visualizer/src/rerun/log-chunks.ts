import { utf8Data } from './arrow-data.ts';
import type { Chunk } from './chunk.ts';
import { component, oneEach } from './components.ts';
import { createEntityPaths } from './entity-paths.ts';
import type { FileIds } from './file-ids.ts';
import { inPieces } from './in-pieces.ts';
import type { Arrow } from './load-arrow.ts';
import type { LogLine } from './log-line.ts';
import type { Moment } from './moments.ts';
import { callTimes, clockTimes } from './times.ts';

/**
 * The text log: one entity for each agent, so that the viewer can show some of them only. What belongs to a call stands with
 * the agent that made it, messages that led to it included: the viewer orders lines of the same call by entity first.
 */
export function logChunks(
  arrow: Arrow,
  ids: FileIds,
  moments: readonly Moment[],
  lines: readonly LogLine[],
): Chunk[] {
  const pathOf = createEntityPaths();
  const owners = new Map<number, string>();
  for (const moment of moments) if (moment.type === 'pre') owners.set(moment.call, moment.agentId);
  const first = ids.take(moments.length);
  const byEntity = new Map<string, number[]>();
  moments.forEach((moment, index) => {
    const entity = pathOf(owners.get(moment.call));
    const rows = byEntity.get(entity);
    if (rows === undefined) byEntity.set(entity, [index]);
    else rows.push(index);
  });

  const chunks: Chunk[] = [];
  for (const [entity, indices] of byEntity)
    for (const piece of inPieces(indices)) {
      const rows = piece.flatMap((index) => {
        const [moment, line] = [moments[index], lines[index]];
        return moment === undefined || line === undefined ? [] : [{ id: first + index, moment, line }];
      });
      const offsets = oneEach(rows.length);
      const texts = utf8Data(
        arrow,
        rows.map(({ line }) => line.text),
      );
      const levels = utf8Data(
        arrow,
        rows.map(({ line }) => line.level),
      );
      chunks.push({
        id: ids.take(1),
        entity,
        // In the order of time, so that lines of the same call stand in it too.
        rows: rows.map(({ id }) => id),
        times: [
          callTimes(rows.map(({ moment }) => moment.call)),
          clockTimes(rows.map(({ moment }) => moment.ms)),
        ],
        components: [
          component('TextLog', 'level', 'TextLogLevel', levels, offsets),
          component('TextLog', 'text', 'Text', texts, offsets),
        ],
      });
    }
  return chunks;
}
