import { findReferences } from '../blob/find-references.ts';
import { type BlobReference, isBlobReference } from '../schema/blob-reference.ts';
import type { ChatMessage } from '../schema/common.ts';
import { formatBytes } from './format.ts';

/** What a chat message says, as text: its content, its refusal, the tools it calls; large parts by type and size; what has no text as JSON. */
export function chatText({ content, refusal, tool_calls, ...rest }: ChatMessage): string {
  const parts = [
    ...(typeof content === 'string' ? [content] : Array.isArray(content) ? content.map(partText) : []),
    ...(isBlobReference(content) ? [`[${blobText(content)}]`] : []),
    ...(typeof refusal === 'string' ? [`(refused) ${refusal}`] : []),
    ...(Array.isArray(tool_calls) ? tool_calls.map(toolText) : []),
  ].filter((text) => text !== '');
  if (parts.length > 0) return parts.join('\n');
  const { role: _, ...other } = rest;
  return Object.keys(other).length > 0 ? (jsonText(other) ?? '') : '';
}

/** JSON in which large parts are named by type and size. */
export function jsonText(value: unknown): string | undefined {
  return JSON.stringify(value, (_, part) => (isBlobReference(part) ? `[${blobText(part)}]` : part));
}

function partText(part: unknown): string {
  if (typeof part === 'string') return part;
  const { type, text } = (part ?? {}) as { type?: unknown; text?: unknown };
  if (typeof text === 'string') return text;
  return `[${[typeof type === 'string' ? type : 'part', ...[...findReferences(part)].map(blobText)].join(', ')}]`;
}

function blobText({ $blob: { media_type, bytes } }: BlobReference): string {
  return `${media_type || 'binary'} of ${formatBytes(bytes)}`;
}

function toolText(call: unknown): string {
  const { function: called } = (call ?? {}) as { function?: { name?: unknown; arguments?: unknown } };
  return `→ ${String(called?.name ?? 'tool')}(${String(called?.arguments ?? '')})`;
}
