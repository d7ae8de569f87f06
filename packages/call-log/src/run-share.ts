import { resolve } from 'node:path';
import type { Run } from './call-log-contract.ts';
import { InvalidRunShareError } from './errors/invalid-run-share-error.ts';
import { currentContext } from './identity/context.ts';
import type { AgentRef } from './schema/common.ts';

/** What another process or thread needs to join a run; plain data. */
export interface RunShare {
  run_id: string;
  dir: string;
  agent?: AgentRef | undefined;
  parent_call_id?: string | undefined;
  /** `false` when the run's log writes no content; whoever joins writes none either. */
  capture_content?: false | undefined;
}

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
  run: Pick<Run, 'id' | 'dir'> & Partial<Pick<Run, 'captureContent'>>,
  { parentCallId }: { parentCallId?: string } = {},
): RunShare {
  const { agent } = currentContext();
  return {
    run_id: run.id,
    dir: resolve(run.dir),
    ...(agent !== undefined && { agent }),
    ...(parentCallId !== undefined && { parent_call_id: parentCallId }),
    ...(run.captureContent === false && { capture_content: false }),
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

/** Without zod, which whoever only records should not have to load. @throws {InvalidRunShareError} when it is no share */
export function checkRunShare(value: unknown): RunShare {
  const { run_id, dir, agent, parent_call_id, capture_content } = objectOf(value, 'it');
  if (agent !== undefined) {
    const { id, name, role, parent_id } = objectOf(agent, 'agent');
    checkText({ 'agent.id': id }, false);
    checkText({ 'agent.name': name, 'agent.role': role, 'agent.parent_id': parent_id }, true);
  }
  checkText({ run_id, dir }, false);
  checkText({ parent_call_id }, true);
  if (capture_content !== undefined && capture_content !== false)
    throw new InvalidRunShareError('capture_content is not false');
  return value as RunShare;
}

function objectOf(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new InvalidRunShareError(`${what} is not an object`);
  return value as Record<string, unknown>;
}

function checkText(fields: Record<string, unknown>, optional: boolean): void {
  for (const [name, value] of Object.entries(fields))
    if (typeof value !== 'string' && !(optional && value === undefined))
      throw new InvalidRunShareError(`${name} is not a text`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidRunShareError('not JSON', { cause });
  }
}
