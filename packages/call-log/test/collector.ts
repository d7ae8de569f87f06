import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Span } from '../src/otel/span.ts';
import { fromOtlpRequest } from '../src/otlp/otlp-json.ts';

/** A request that a collector got. */
export interface Received {
  path: string | undefined;
  headers: IncomingHttpHeaders;
  body: unknown;
}

/**
 * A collector on loopback that reads OTLP/JSON as any other does. `answer` decides what it says; without it, that it
 * has taken everything. Closed when the test is over.
 */
export async function startCollector(
  answer: (response: ServerResponse, count: number) => void = (response) => response.end('{}'),
) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    request.on('end', () => {
      received.push({ path: request.url, headers: request.headers, body: JSON.parse(text) as unknown });
      response.setHeader('content-type', 'application/json');
      answer(response, received.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(async () => {
    await close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close,
    spans: (): Span[] => received.flatMap(({ body }) => fromOtlpRequest(body)),
  };
}
