import type { CallNode } from '@pd/call-log/schema';
import { formatCost, formatCount, formatDuration } from '../../text/format.ts';
import { Facts } from './facts.tsx';

/** The numbers of a call. */
export function CallFacts({ call }: { call: CallNode }) {
  const { usage, post } = call;
  const unpriced = call.status === 'ok' ? 'unpriced' : undefined;
  return (
    <Facts
      facts={[
        ['Duration', map(call.duration_ms, formatDuration)],
        ['First chunk', map(call.time_to_first_chunk_ms, formatDuration)],
        ['Tokens in', map(usage?.input_tokens, formatCount)],
        ['Tokens out', map(usage?.output_tokens, formatCount)],
        ['Read from cache', map(usage?.cache_read_input_tokens, formatCount)],
        ['Written to cache', map(usage?.cache_creation_input_tokens, formatCount)],
        ['Reasoning', map(usage?.reasoning_output_tokens, formatCount)],
        ['Usage', usage?.source === 'estimated' ? 'estimated' : undefined],
        ['Cost', map(call.cost_usd, formatCost) ?? unpriced],
        ['Finish', post?.finish_reason ?? post?.finish_reason_raw],
        ['Served by', post?.model],
        ['Cached', post?.cached ? 'yes' : undefined],
        ['Agent known by', call.agent_source],
      ]}
    />
  );
}

function map(value: number | undefined, format: (value: number) => string): string | undefined {
  return value === undefined ? undefined : format(value);
}
