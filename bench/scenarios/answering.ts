/**
 * A server that answers every request at once with a text of its own, as a stream, in a process of its own. It sends its parent
 * `{ url }`; asked by a message, it says `{ isWatching }`, and then `{ requestAt }`, the time at which the next request came.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

let requests = 0;
let isAsked = false;

const server = createServer((request, response) => {
  const requestAt = performance.timeOrigin + performance.now();
  if (isAsked) process.send?.({ requestAt });
  isAsked = false;
  const content = `Answer ${++requests}: ${'it needs another look at its bearings. '.repeat(5)}`;
  const event = (more: object) =>
    `data: ${JSON.stringify({ id: `chatcmpl-${requests}`, object: 'chat.completion.chunk', created: 1_790_000_000, model: 'bench-1', ...more })}\n\n`;
  const choice = (delta: object, finish_reason: string | null) => ({
    choices: [{ index: 0, delta, finish_reason }],
  });
  request.resume().on('end', () => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(event(choice({ role: 'assistant', content }, null)) + event(choice({}, 'stop')));
    response.end(`${event({ choices: [], usage })}data: [DONE]\n\n`);
  });
});
const usage = { prompt_tokens: 400, completion_tokens: 50, total_tokens: 450 };

process.on('message', () => {
  isAsked = true;
  process.send?.({ isWatching: true });
});
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` });
});
