/**
 * A server without latency: it reads just enough of a request to know where it ends, and answers with bytes that were ready
 * before. To be started with `startServer()`, in a process of its own, so that only the client's work is measured.
 */
import { createServer } from 'node:net';

const usage = { prompt_tokens: 50, completion_tokens: 50, total_tokens: 100 };
const text = 'lorem ipsum dolor sit amet '.repeat(8);
const head = { id: 'chatcmpl-1', created: 1_790_000_000, model: 'bench-1' };

const reply = JSON.stringify({
  ...head,
  object: 'chat.completion',
  choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
  usage,
});
const whole = Buffer.from(
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-request-id: req_1\r\ncontent-length: ${Buffer.byteLength(reply)}\r\n\r\n${reply}`,
);

function event(delta: object, finish_reason: string | null = null): string {
  const choices = [{ index: 0, delta, finish_reason }];
  return `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices })}\n\n`;
}

const streams = new Map<number, Buffer>();

/** A stream of so many pieces of text. */
function stream(chunks: number): Buffer {
  const known = streams.get(chunks);
  if (known !== undefined) return known;
  const pieces = Array.from({ length: chunks }, (_, i) => event({ content: ` word${i}` }));
  const last = `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices: [], usage })}\n\n`;
  const events = [...pieces, event({}, 'stop'), last, 'data: [DONE]\n\n'].join('');
  const bytes = Buffer.from(
    `HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: ${Buffer.byteLength(events)}\r\n\r\n${events}`,
  );
  streams.set(chunks, bytes);
  return bytes;
}

/** Answers that wait until all are there. */
const held: (() => void)[] = [];

/** A hundred at a time: all at once would be a load that no server makes. */
function release(): void {
  for (const send of held.splice(0, 100)) send();
  if (held.length > 0) setTimeout(release, 10);
}

const server = createServer({ noDelay: true }, (socket) => {
  let received = '';
  socket.on('error', () => {});
  socket.on('data', (data) => {
    received += data.toString('latin1');
    const bodyAt = received.indexOf('\r\n\r\n') + 4;
    if (bodyAt === 3) return;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(received)?.[1] ?? 0);
    if (received.length < bodyAt + length) return;
    const [, chunks, together] = /^POST \/(?:stream(\d+)|hold(\d+)|v1)\//.exec(received) ?? [];
    const isStream = /"stream":true/.test(received);
    received = received.slice(bodyAt + length);
    const answer = isStream ? stream(Number(chunks ?? 20)) : whole;
    if (together === undefined) {
      socket.write(answer);
      return;
    }
    held.push(() => socket.write(answer));
    if (held.length === Number(together)) release();
  });
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 20_000 }, () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
});
process.stdin.resume().on('end', () => process.exit());
