import { ChaosAgent, SimpleAgent } from '@pd/agents';
import type { Conversation } from '@pd/call-log/conversation';
import type { Logger } from '@pd/call-log/schema';
import type { LLMClient } from '@pd/llm-client';
import { playConversation, type ScenarioRun, streamExchange } from '@pd/scenarios';
import type { Session } from './session.ts';

const PRAGMATIST_PROMPT =
  'You are a careful, practical thinker. Weigh what was said, keep what holds, and turn it into a next step. Answer in two to four sentences.';

/** What every scenario of the demo is given. */
interface Stage {
  client: LLMClient;
  logger: Logger;
  signal: AbortSignal;
}

/** A SimpleAgent and a ChaosAgent talk about a topic; in a session both remember all of it. */
export function startExchange(
  topic: string,
  turns: number | undefined,
  { client, logger, signal }: Stage,
  session?: Session,
): ScenarioRun {
  const kept = session && { memory: session.memory, session: session.name };
  const simple = new SimpleAgent({
    id: 'simple',
    name: 'Simple',
    client,
    systemPrompt: PRAGMATIST_PROMPT,
    ...kept,
  });
  const chaos = new ChaosAgent({ id: 'chaos', name: 'Chaos', client, ...kept });
  return streamExchange({
    agents: [simple, chaos],
    opening: topic,
    ...(turns !== undefined && { maxTurns: turns }),
    signal,
    logger,
  });
}

/** A recorded conversation is played, its models' lines by the offline server. */
export function startRecording(
  conversation: Conversation,
  turns: number | undefined,
  stage: Stage,
): ScenarioRun {
  return playConversation({
    ...stage,
    conversation,
    modelFor: (speaker) => `recorded/${speaker}`,
    ...(turns !== undefined && { maxTurns: turns }),
  });
}
