import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { OpenRequest } from './received-request.ts';
import type { WirePlan } from './wire-plan.ts';

/** Does on the wire what was planned. Resolves when the answer is over, whoever ended it. */
export async function sendPlan(response: ServerResponse, plan: WirePlan, entry: OpenRequest): Promise<void> {
  const gone = new AbortController();
  const closed = new Promise<void>((resolve) =>
    response.once('close', () => {
      gone.abort();
      resolve();
    }),
  );
  try {
    await pause(plan.startDelayMs, gone.signal);
    if (plan.silence === 'hang') return await closed;
    if (plan.silence === 'reset') return breakOff(response, entry, 'reset');
    entry.status = plan.status;
    response.writeHead(plan.status, plan.headers);
    response.flushHeaders();
    for (const [index, piece] of plan.pieces.entries()) {
      if (index > 0) await pause(plan.pieceDelayMs, gone.signal);
      if (!response.write(piece)) await once(response, 'drain', { signal: gone.signal });
    }
    if (plan.ending !== 'end') return breakOff(response, entry, plan.ending);
    entry.outcome = 'sent';
    response.end();
    await closed;
  } catch (error) {
    // The client has left: `outcome` below. Anything else is a plan that cannot be carried out.
    if (!gone.signal.aborted) throw error;
  } finally {
    if (entry.outcome === 'open') entry.outcome = 'aborted';
  }
}

function breakOff(response: ServerResponse, entry: OpenRequest, by: 'close' | 'reset'): void {
  entry.outcome = 'cut';
  const { socket } = response;
  if (by === 'reset') socket?.resetAndDestroy();
  // What was written goes out first; `destroy` alone might take it along.
  else socket?.end(() => socket.destroy());
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  // Writes that are made in one turn of the loop arrive as one; these are to arrive one by one.
  await (ms > 0 ? setTimeout(ms, undefined, { signal }) : setImmediate(undefined, { signal }));
}
