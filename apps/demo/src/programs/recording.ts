import { createRunId } from '@pd/call-log';
import { playConversation } from '@pd/scenarios';
import type { Environment } from '../environment.ts';
import type { DemoOptions } from '../options.ts';
import { readRecording } from '../recording.ts';
import { type Program, toEnd } from './program.ts';

/** A recorded conversation is played, its models' lines by the offline server. */
export async function openRecording(
  script: string,
  { turns, seed }: DemoOptions,
  environment: Environment,
): Promise<Program> {
  const conversation = await readRecording(script, environment.workingDirectory);
  const runId = createRunId();
  return {
    runId,
    asks: { offline: true, seed },
    conversation,
    isResumable: false,
    play: ({ log, client, signal, tell }) =>
      log.run({ id: runId, name: 'recording', metadata: { script, turns }, signal }, () => {
        const maxTurns = turns === undefined ? {} : { maxTurns: turns };
        const modelFor = (speaker: string) => `recorded/${speaker}`;
        const { logger } = log;
        return toEnd(playConversation({ conversation, client, logger, signal, modelFor, ...maxTurns }), tell);
      }),
  };
}
