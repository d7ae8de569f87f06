import type { MessageNode } from '@pd/call-log/schema';
import { contentText } from '../../text/content-text.ts';
import { formatTime } from '../../text/format.ts';
import { statusText } from '../../text/status.ts';
import { visibleText } from '../../text/visible-text.ts';
import { SpeakerName } from '../parts/speaker-name.tsx';
import type { RunModel } from '../run/run-model.ts';
import { Facts } from './facts.tsx';
import { JsonBlock } from './json-block.tsx';
import { Section } from './section.tsx';

/** An envelope that no recorded call made. */
export function MessageDetails({ run, message }: { run: RunModel; message: MessageNode }) {
  return (
    <>
      <h2 class="drawer-title">
        <SpeakerName run={run} id={message.from} />
        {message.to !== undefined && (
          <>
            <span role="img" aria-label="to">
              →
            </span>{' '}
            <SpeakerName run={run} id={message.to} />
          </>
        )}
      </h2>
      <Facts
        facts={[
          ['Status', statusText(message.status)],
          ['At', formatTime(message.at)],
          ['Call', message.call_id],
        ]}
      />
      <Section title="Content">
        <div class="text">{visibleText(contentText(message.content))}</div>
      </Section>
      <div class="jsons">
        <JsonBlock title="Raw JSON" value={message} />
      </div>
    </>
  );
}
