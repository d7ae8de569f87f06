import { utf8Data } from './arrow-data.ts';
import type { Chunk } from './chunk.ts';
import { component, oneEach } from './components.ts';
import { createEntityPaths } from './entity-paths.ts';
import type { FileIds } from './file-ids.ts';
import { inPieces } from './in-pieces.ts';
import type { Arrow } from './load-arrow.ts';
import { logLine } from './log-line.ts';
import type { Moment } from './moments.ts';
import { callTimes, clockTimes } from './times.ts';

/**
 * The text log, of moments in the order of time: one entity for each agent, so that the viewer can show some of them only. What belongs to a call stands with
 * the agent that made it, messages that led to it included: the viewer orders lines of the same call by entity first.
 */
export function logChunks(
  arrow: Arrow,
  ids: FileIds,
  moments: readonly Moment[],
  maxTextLength: number,
): Chunk[] {
  const pathOf = createEntityPaths();
  const owners = new Map<number, string>();
  for (const moment of moments) if (moment.type === 'pre') owners.set(moment.call, moment.agentId);
  const first = ids.take(moments.length);
  const byEntity = new Map<string, { id: number; moment: Moment }[]>();
  moments.forEach((moment, index) => {
    const entity = pathOf(owners.get(moment.call));
    const rows = byEntity.get(entity);
    const row = { id: first + index, moment };
    if (rows === undefined) byEntity.set(entity, [row]);
    else rows.push(row);
  });

  const chunks: Chunk[] = [];
  for (const [entity, rows] of byEntity)
    for (const piece of inPieces(rows)) {
      const offsets = oneEach(piece.length);
      const lines = piece.map(({ moment }) => logLine(moment, maxTextLength));
      const texts = utf8Data(
        arrow,
        lines.map(({ text }) => text),
      );
      const levels = utf8Data(
        arrow,
        lines.map(({ level }) => level),
      );
      chunks.push({
        id: ids.take(1),
        entity,
        // In the order of time, so that lines of the same call stand in it too.
        rows: piece.map(({ id }) => id),
        times: [
          callTimes(piece.map(({ moment }) => moment.call)),
          clockTimes(piece.map(({ moment }) => moment.ms)),
        ],
        components: [
          component('TextLog', 'level', 'TextLogLevel', levels, offsets),
          component('TextLog', 'text', 'Text', texts, offsets),
        ],
      });
    }
  return chunks;
}
