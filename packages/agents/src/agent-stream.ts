import type { AgentPart, AgentReply, AgentStream } from './agent.ts';
import { AgentStreamLeftError } from './errors/agent-stream-left-error.ts';

/**
 * An answer as it comes, from a generator that gives its parts and returns the reply. The work begins with the first read,
 * and goes no faster than it is read.
 */
export function createAgentStream(source: AsyncGenerator<AgentPart, AgentReply, undefined>): AgentStream {
  const reply = Promise.withResolvers<AgentReply>();
  // Whoever reads gets the error; nobody has to ask for the result, too.
  reply.promise.catch(() => {});
  let isTaken = false;
  const take = (): AsyncGenerator<AgentPart, void, undefined> => {
    if (isTaken) throw new TypeError('an answer can be read once; keep its result() instead');
    isTaken = true;
    return read(source, reply);
  };
  return {
    parts: take,
    [Symbol.asyncIterator]: () => texts(take()),
    async result() {
      if (!isTaken) for await (const _ of take());
      return reply.promise;
    },
  };
}

async function* read(
  source: AsyncGenerator<AgentPart, AgentReply, undefined>,
  reply: PromiseWithResolvers<AgentReply>,
): AsyncGenerator<AgentPart, void, undefined> {
  let isOver = false;
  try {
    for (;;) {
      const { done, value } = await source.next();
      if (done) {
        isOver = true;
        return reply.resolve(value);
      }
      yield value;
    }
  } catch (error) {
    isOver = true;
    reply.reject(error);
    throw error;
  } finally {
    // An error costs a trace of the stack: only an answer that was left is worth one.
    if (!isOver) {
      reply.reject(new AgentStreamLeftError());
      await source.return(undefined as never);
    }
  }
}

async function* texts(parts: AsyncIterable<AgentPart>): AsyncGenerator<string, void, undefined> {
  for await (const part of parts) if (part.type === 'text-delta') yield part.text;
}
