import { expect, it } from 'vitest';
import { startCollector } from '../../test/collector.ts';
import { SpanQueue } from './span-queue.ts';
import { toTarget } from './target.ts';

it('whoever is told that spans are lost is told why they wait', async () => {
  const collector = await startCollector((response) =>
    response.writeHead(503, { 'retry-after': '30' }).end('{"message":"busy"}'),
  );
  const reasons: string[] = [];
  const queue = new SpanQueue(
    toTarget(collector.url),
    { queueSpans: 1, batchSpans: 1 },
    (spans) => `[${spans}]`,
    (reason) => reasons.push(reason),
  );
  await expect
    .poll(() => {
      queue.add('{}');
      return reasons.at(-1);
    })
    .toBe('more spans wait than may (HTTP 503: busy)');
  await queue.close(10);
  expect(collector.received).toHaveLength(1);
  expect(queue.counts.sent).toBe(0);
});
