import type { WireBody } from '../providers/provider.ts';
import type { Deployment } from '../routing/deployment.ts';

/**
 * What is sent to a deployment: what the caller asks, what we add ourselves where the provider takes it, and what its
 * quirks make of that. A parameter of the caller's own is never taken away, not even one that we would have added.
 */
export function toWireBody({ model, baseURL, entry }: Deployment, asked: WireBody): Record<string, unknown> {
  const { capabilities, quirks } = entry;
  const streamUsage = quirks?.streamUsage?.(baseURL) ?? capabilities.streamUsage;
  const wantsUsage = asked.stream === true && !('stream_options' in asked) && streamUsage === 'on-request';
  const body: WireBody = {
    ...asked,
    ...(wantsUsage && { stream_options: { include_usage: true } }),
    model,
  };
  return (quirks?.request ?? []).reduce((shaped, quirk) => quirk(shaped), body);
}
