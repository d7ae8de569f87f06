import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** How the first record of a call begins. */
const CALL = /^\{"seq":\d+,"type":"call\.start",/;

/**
 * Ids of the calls of a run that other processes have made, such as workers: those in segments that are neither the root nor
 * of a run that went on.
 *
 * @param path of the run's journal
 */
export async function callsElsewhere(path: string): Promise<Set<string>> {
  const folder = path.replace(/\.jsonl$/, '');
  const names = await readdir(folder).catch(() => []);
  const ids = new Set<string>();
  for (const name of names)
    if (name.endsWith('.jsonl') && !name.startsWith('resume-'))
      for await (const line of createInterface({ input: createReadStream(join(folder, name)) }))
        if (CALL.test(line)) ids.add(idOf(line));
  return ids;
}

function idOf(line: string): string {
  try {
    return String(JSON.parse(line).call_id);
  } catch {
    // Torn at the end of a killed process's segment.
    return '';
  }
}
