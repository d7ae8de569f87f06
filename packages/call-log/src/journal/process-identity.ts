import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** Which process on which boot of which machine; enough to tell later whether it still lives. */
export interface ProcessIdentity {
  host: string;
  /** Linux only: changes with every boot. */
  boot_id?: string;
  pid: number;
  /** Linux only: clock ticks since boot when the process began; tells a reused pid apart. */
  process_start?: string;
}

/** The identity of this process. */
export function ownProcess(): ProcessIdentity {
  const bootId = readBootId();
  const start = readProcessStart(process.pid);
  return {
    host: hostname(),
    ...(bootId !== undefined && { boot_id: bootId }),
    pid: process.pid,
    ...(start !== undefined && { process_start: start }),
  };
}

/** Whether that process still runs here. A process of another machine or of an earlier boot counts as gone. */
export function isAlive(writer: ProcessIdentity): boolean {
  if (writer.host !== hostname()) return false;
  if (writer.boot_id !== undefined && writer.boot_id !== readBootId()) return false;
  try {
    process.kill(writer.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return writer.process_start === undefined || writer.process_start === readProcessStart(writer.pid);
}

function readBootId(): string | undefined {
  return readText('/proc/sys/kernel/random/boot_id')?.trim();
}

/** Field 22 of /proc/<pid>/stat; the command name before it may hold spaces and parentheses. @see proc_pid_stat(5) */
function readProcessStart(pid: number): string | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

function readText(path: string): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
