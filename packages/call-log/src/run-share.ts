import { resolve } from 'node:path';
import { z } from 'zod';
import type { Run } from './call-log.ts';
import { InvalidRunShareError } from './errors/invalid-run-share-error.ts';
import { currentContext } from './identity/context.ts';
import { agentRefSchema } from './schema/common.ts';

const runShareSchema = z.object({
  run_id: z.string(),
  dir: z.string(),
  agent: agentRefSchema.optional(),
  parent_call_id: z.string().optional(),
});

/** What another process or thread needs to join a run; plain data. */
export type RunShare = z.infer<typeof runShareSchema>;

/** The environment variable that carries a share from a process to those it starts. */
export const RUN_SHARE_VARIABLE = 'PD_RUN_SHARE';

/**
 * What a child process or worker needs to write to this run: `createCallLog({ join: share })` there. The agent
 * around this code goes along, so that the child's calls are its own unless they name another one.
 *
 * @param run the run to join
 * @param options.parentCallId the call that the child works for
 */
export function shareRun(
  run: Pick<Run, 'id' | 'dir'>,
  { parentCallId }: { parentCallId?: string } = {},
): RunShare {
  const { agent } = currentContext();
  return {
    run_id: run.id,
    dir: resolve(run.dir),
    ...(agent !== undefined && { agent }),
    ...(parentCallId !== undefined && { parent_call_id: parentCallId }),
  };
}

/** A share as environment variables for `spawn` and `fork`. */
export function toRunShareEnv(share: RunShare): Record<typeof RUN_SHARE_VARIABLE, string> {
  return { [RUN_SHARE_VARIABLE]: JSON.stringify(share) };
}

/**
 * The share in an environment, `undefined` when there is none; give it `process.env`.
 *
 * @throws {InvalidRunShareError} when the variable holds something else
 */
export function fromRunShareEnv(env: Record<string, string | undefined>): RunShare | undefined {
  const text = env[RUN_SHARE_VARIABLE];
  return text === undefined || text === '' ? undefined : checkRunShare(parse(text));
}

/** @throws {InvalidRunShareError} when it is no share */
export function checkRunShare(value: unknown): RunShare {
  const parsed = runShareSchema.safeParse(value);
  if (!parsed.success) throw new InvalidRunShareError(parsed.error.issues[0]?.message ?? 'not an object');
  return parsed.data;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidRunShareError('not JSON', { cause });
  }
}
