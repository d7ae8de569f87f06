import type { Environment } from '../environment.ts';
import type { DemoOptions } from '../options.ts';
import { openExchangeInSession } from './exchange-in-session.ts';
import type { Program } from './program.ts';
import { openRecording } from './recording.ts';
import { openResumed } from './resumed.ts';
import { openScenario } from './scenario.ts';

/**
 * What the command line asks for.
 *
 * @throws {UsageError} when it cannot be played; nothing is recorded
 */
export async function openProgram(
  options: DemoOptions,
  dir: string,
  environment: Environment,
): Promise<Program> {
  const { goOn, script, session } = options;
  if (goOn !== undefined) return openResumed(goOn, dir);
  if (script !== undefined) return openRecording(script, options, environment);
  if (session !== undefined) return openExchangeInSession(session, options, dir, environment);
  return openScenario(options);
}
