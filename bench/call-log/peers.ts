import { closeSync, openSync, writeSync } from 'node:fs';
import { BatchTraceProcessor, createGenerationSpan, getGlobalTraceProvider, type Span } from '@openai/agents';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  type ReadableSpan,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-base';
import type { CallEvent, Way } from './record-call.ts';

/** A span a call, with the attributes of the GenAI conventions, by way of the SDK's own batches into a file. */
export function openTelemetry(path: string): Way {
  const fd = openSync(path, 'a');
  let written = 0;
  let begun = 0;
  const exporter: SpanExporter = {
    export(spans, done) {
      written += spans.length;
      writeSync(fd, spans.map((span) => `${JSON.stringify(fields(span))}\n`).join(''));
      done({ code: 0 });
    },
    shutdown: async () => {},
  };
  const provider = new BasicTracerProvider({ spanProcessors: [new BatchSpanProcessor(exporter)] });
  const tracer = provider.getTracer('bench');
  let span: ReturnType<typeof tracer.startSpan> | undefined;
  return {
    log(event) {
      if (event.type === 'call.start') {
        begun++;
        span = tracer.startSpan('chat m', {
          attributes: {
            'gen_ai.operation.name': event.operation,
            'gen_ai.request.model': event.model,
            'gen_ai.agent.id': event.agent.id,
            'gen_ai.input.messages': JSON.stringify(event.messages),
          },
        });
        return;
      }
      span?.setAttributes({
        'gen_ai.output.messages': JSON.stringify([event.reply.message]),
        'gen_ai.usage.input_tokens': event.usage.input_tokens,
        'gen_ai.usage.output_tokens': event.usage.output_tokens,
      });
      span?.end();
    },
    async close() {
      await provider.shutdown();
      closeSync(fd);
    },
    lost: () => begun - written,
  };
}

function fields(span: ReadableSpan) {
  const { name, startTime, endTime, attributes, status } = span;
  return { ...span.spanContext(), name, startTime, endTime, attributes, status };
}

/** A generation span a call, by way of the SDK's own batches into a file. */
export function openaiAgents(path: string): Way {
  const fd = openSync(path, 'a');
  let written = 0;
  let begun = 0;
  const processor = new BatchTraceProcessor({
    async export(items) {
      for (const item of items) if (item.type === 'trace.span') written++;
      writeSync(fd, items.map((item) => `${JSON.stringify(item.toJSON())}\n`).join(''));
    },
  });
  const provider = getGlobalTraceProvider();
  provider.setProcessors([processor]);
  const trace = provider.createTrace({ name: 'bench' });
  let asked: Extract<CallEvent, { type: 'call.start' }> | undefined;
  let span: Span<never> | undefined;
  return {
    log(event) {
      if (event.type === 'call.start') {
        begun++;
        asked = event;
        span = createGenerationSpan({ data: { model: event.model, input: event.messages } }, trace) as never;
        span?.start();
        return;
      }
      Object.assign(span?.spanData ?? {}, {
        output: [event.reply.message],
        usage: event.usage,
        agent: asked?.agent,
      });
      span?.end();
    },
    async close() {
      await processor.shutdown();
      closeSync(fd);
    },
    lost: () => begun - written,
  };
}
