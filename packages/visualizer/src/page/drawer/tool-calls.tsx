import type { ToolCallNode } from '@pd/call-log/schema';
import { contentText } from '../../text/content-text.ts';
import { formatDuration } from '../../text/format.ts';
import { FoldedText } from '../parts/folded-text.tsx';
import { Section } from './section.tsx';

/** The tools that ran because of a call. */
export function ToolCalls({ toolCalls }: { toolCalls: readonly ToolCallNode[] }) {
  return (
    <Section title="Tools">
      {toolCalls.map((tool) => (
        <div key={tool.id} class="chat chat-tool">
          <div class="chat-role">
            {tool.name} · {tool.status}
            {tool.duration_ms !== undefined && ` · ${formatDuration(tool.duration_ms)}`}
          </div>
          <div class="code">
            <FoldedText text={contentText(tool.arguments)} />
          </div>
          {tool.result !== undefined && <FoldedText text={contentText(tool.result)} />}
        </div>
      ))}
    </Section>
  );
}
