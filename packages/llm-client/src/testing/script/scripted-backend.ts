import { currentContext, resolveAgent } from '@pd/call-log/context';
import type { WireCompletion } from '@pd/call-log/openai-wire';
import type { Backend, BackendRequest } from '../../backend/backend.ts';
import type { WaitingClock } from '../../call/clock.ts';
import { wait } from '../../call/wait.ts';
import type { Script } from './script.ts';
import { ScriptedAnswer } from './scripted-answer.ts';
import type { ScriptedCall, ScriptedReply } from './scripted-step.ts';

/** Answers calls from a script. */
export function createScriptedBackend(script: Script, clock: WaitingClock): Backend {
  const replyTo = async (request: BackendRequest, stream: boolean) => {
    const { call, step } = script.take(toCall(request, stream));
    if ('error' in step.step) throw step.step.error;
    const { reply } = step.step;
    const given = typeof reply === 'function' ? await reply(call) : reply;
    const whole: ScriptedReply = typeof given === 'string' ? { text: given } : given;
    await wait(whole.delayMs ?? 0, request.signal, clock);
    return { reply: whole, answer: new ScriptedAnswer(whole, call) };
  };
  async function* streamed(request: BackendRequest, reply: ScriptedReply, answer: ScriptedAnswer) {
    let first = true;
    for (const chunk of answer.chunks()) {
      if (!first) await wait(reply.chunkDelayMs ?? 0, request.signal, clock);
      first = false;
      yield chunk;
    }
    if (reply.error !== undefined) throw reply.error;
    yield answer.lastChunk();
  }
  return {
    async chat(request): Promise<WireCompletion> {
      const { reply, answer } = await replyTo(request, false);
      if (reply.error !== undefined) throw reply.error;
      return answer.completion();
    },
    async stream(request) {
      const { reply, answer } = await replyTo(request, true);
      return streamed(request, reply, answer);
    },
  };
}

function toCall({ call, body }: BackendRequest, stream: boolean): Omit<ScriptedCall, 'number' | 'step'> {
  const tools = (body.tools ?? []) as { function?: { name?: string }; custom?: { name?: string } }[];
  return {
    callId: call.call_id,
    agent: resolveAgent(call, currentContext()).agent.id,
    model: String(body.model),
    stream,
    messages: call.messages as ScriptedCall['messages'],
    tools: tools.map(({ function: fn, custom }) => fn?.name ?? custom?.name ?? ''),
    body,
    metadata: (call.metadata ?? {}) as ScriptedCall['metadata'],
  };
}
