import type { StreamShape } from './stream-shapes.ts';

/** A recorded stream as its provider sent it; where only its chunks were kept, as it would send them. */
export function recordedShape(name: string, recorded: string): StreamShape {
  const chunks = recorded.split('\n').filter((line) => line.trim() !== '');
  const body = name.endsWith('.sse')
    ? recorded
    : [...chunks, '[DONE]'].map((chunk) => `data: ${chunk}\n\n`).join('');
  return { name, api: 'chat', body: new TextEncoder().encode(body), n: 1 };
}
