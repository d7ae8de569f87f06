import { z } from 'zod';
import { askedSchema } from '../model-source.ts';
import { talkInput } from '../scenarios/demo-scenario.ts';

/** What a worker is told by the process that starts it. */
export const workerTaskSchema = z.object({
  redis: z.string(),
  /** Of all keys of the run; ends with the run's id. */
  prefix: z.string(),
  /** Where the worker records: the folder of the run, as it is on the same machine. */
  logDir: z.string(),
  scenario: z.string(),
  input: talkInput,
  asked: askedSchema,
  /** The stand-in, where that answers; it runs in the process that has started the worker. */
  offlineURL: z.string().optional(),
});
export type WorkerTask = z.infer<typeof workerTaskSchema>;

/** What a worker says back: that it is ready, or why it is not. */
export const workerReplySchema = z.object({ ready: z.boolean(), why: z.string().optional() });
export type WorkerReply = z.infer<typeof workerReplySchema>;
