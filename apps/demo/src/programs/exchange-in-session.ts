import { createRunId } from '@pd/call-log';
import { streamExchange } from '@pd/scenarios';
import type { Environment } from '../environment.ts';
import type { DemoOptions } from '../options.ts';
import { castExchange, exchangeOfTwo } from '../scenarios/exchange.ts';
import { describeSession, GO_ON, openSession } from '../session.ts';
import { type Program, toEnd } from './program.ts';

/**
 * The exchange of two who remember earlier runs. What they remember has changed when it is played again, so such a run is
 * not resumed: the session is gone on with.
 */
export async function openExchangeInSession(
  name: string,
  { topic: given, turns, seed }: DemoOptions,
  dir: string,
  environment: Environment,
): Promise<Program> {
  const session = await openSession(name, dir, environment);
  const { memory, messages } = session;
  const topic = given ?? (messages > 0 ? GO_ON : exchangeOfTwo.topic);
  const runId = createRunId();
  return {
    runId,
    about: describeSession(session),
    isResumable: false,
    play: ({ log, client, signal, tell }) => {
      const metadata = { topic, session: name, turns, seed };
      return log.run({ id: runId, name: 'exchange', metadata, signal }, () => {
        const agents = castExchange(client, () => ({ memory, session: name }));
        const { logger } = log;
        return toEnd(streamExchange({ agents, opening: topic, maxTurns: turns, signal, logger }), tell);
      });
    },
    close: () => memory.close(),
  };
}
