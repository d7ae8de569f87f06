import type { ChatMessage } from './chat-request.ts';
import { looksEnglish } from './keywords.ts';
import type { Domain } from './lexicon/domain.ts';
import { recogniseDomain } from './lexicon/recognise.ts';
import { codeNameIn, excerpt, toProse } from './plain-text.ts';
import { topicOf } from './topic.ts';
import { chooseVoice } from './voices/choose.ts';
import type { Stage, Voice } from './voices/frames.ts';

/** What has to be known of a conversation in order to go on with it. */
export interface Dialogue {
  voice: Voice;
  stage: Stage;
  topic: string | undefined;
  domain: Domain;
  /** The last thing the other side said, as prose. */
  last: string;
  /** Why the last message cannot be answered like any other, if so. */
  obstacle: 'empty' | 'foreign' | 'code' | undefined;
  codeName: string | undefined;
  /** Everything that was said, in lower case, bounded; and the speaker's own part of it. */
  said: string;
  ownSaid: string;
  /** What the other side said, in lower case, bounded. */
  theirSaid: string;
}

const stages: readonly Stage[] = ['opening', 'building', 'disagreeing', 'converging'];

/** How many of the latest messages are read for what was said before. */
const rememberedMessages = 60;

/** Reads a conversation. Linear in its size, and bounded in what it looks at closely. */
export function readDialogue(messages: readonly ChatMessage[]): Dialogue {
  const system = messages.filter(({ role }) => role === 'system' || role === 'developer');
  const spoken = messages.filter(({ role }) => role !== 'system' && role !== 'developer');
  const own = spoken.filter(({ role }) => role === 'assistant');
  const raw = spoken.findLast(({ role }) => role !== 'assistant')?.text ?? '';
  const last = toProse(raw);
  const codeName = codeNameIn(raw);
  const topic = findTopic([...spoken.slice(0, 4), ...system].map(({ text }) => toProse(text)));
  const obstacle = obstacleOf(raw, last, codeName);
  const recent = spoken.slice(-rememberedMessages);
  const said = join(recent);
  return {
    voice: chooseVoice(system.map(({ text }) => text)),
    // After four turns of its own a speaker does not open again: it builds, disagrees and converges anew.
    stage: stages[own.length < 4 ? own.length : 1 + ((own.length - 1) % 3)] ?? 'building',
    topic,
    domain: recogniseDomain(
      [
        { text: topic ?? '', weight: 6 },
        { text: obstacle === 'foreign' ? '' : toProse(spoken[0]?.text ?? ''), weight: 2 },
        { text: obstacle === 'foreign' ? '' : last, weight: 1 },
        { text: codeName === undefined ? '' : 'code', weight: 3 },
      ],
      said,
    ),
    last,
    obstacle,
    codeName,
    said,
    ownSaid: join(recent.filter(({ role }) => role === 'assistant')),
    theirSaid: join(recent.filter(({ role }) => role !== 'assistant')),
  };
}

function obstacleOf(raw: string, prose: string, codeName: string | undefined): Dialogue['obstacle'] {
  if (raw.trim() === '') return 'empty';
  if (codeName !== undefined) return 'code';
  return looksEnglish(prose) ? undefined : 'foreign';
}

function findTopic(proses: readonly string[]): string | undefined {
  for (const prose of proses) {
    const topic = topicOf(prose);
    if (topic !== undefined) return topic;
  }
  return undefined;
}

function join(messages: readonly ChatMessage[]): string {
  return messages
    .map(({ text }) => excerpt(text))
    .join('\n')
    .toLowerCase();
}
