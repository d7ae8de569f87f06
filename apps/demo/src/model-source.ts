import type { Conversation } from '@pd/call-log/conversation';
import {
  MissingBaseURLError,
  providers,
  type ResolvedModel,
  resolveModel,
  UnknownProviderError,
} from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { z } from 'zod';
import type { Environment } from './environment.ts';
import { type DemoOptions, isServerUrl, NO_SERVER_URL, UsageError } from './options.ts';

/** Where replies come from. */
export interface ModelSource {
  /** Said to the user before the run. */
  label: string;
  /** Whether the stand-in answers; its replies cost nothing. */
  offline: boolean;
  /** What the client needs. */
  client: { model: string; provider?: string; baseURL?: string; apiKey?: string };
  close(): Promise<void>;
}

const DEFAULT_MODEL = 'openai/gpt-5.4-mini';

/** The pace of the stand-in's words, so that they can be read along, in milliseconds. */
const READING_PACE_MS = 12;

/** Where replies are to come from, as it stands on record, so that a run that goes on asks the same. */
export const askedSchema = z.discriminatedUnion('offline', [
  z.object({ offline: z.literal(true), seed: z.string() }),
  z.object({ offline: z.literal(false), model: z.string(), base_url: z.string().optional() }),
]);
export type Asked = z.infer<typeof askedSchema>;

/**
 * A model of a real provider when there is a key, a model or a server to ask; the offline server otherwise.
 *
 * @throws {UsageError} when a server is given without a model
 */
export function chooseSource(options: DemoOptions, environment: Environment): Asked {
  const model = options.model ?? environment.get('PD_MODEL');
  const baseURL = options.baseURL ?? serverInEnvironment(model, environment);
  const asked =
    baseURL !== undefined || model !== undefined || environment.get('OPENAI_API_KEY') !== undefined;
  if (!asked) return { offline: true, seed: options.seed };
  if (baseURL !== undefined && model === undefined) {
    throw new UsageError(`which model does ${baseURL} have? Name it with --model`);
  }
  return {
    offline: false,
    model: model ?? DEFAULT_MODEL,
    ...(baseURL !== undefined && { base_url: baseURL }),
  };
}

/** What the offline server is started with. */
interface OfflineOptions {
  /** What it is to say. */
  recording?: Conversation | undefined;
  /** Whether nobody reads along. */
  isForPrograms?: boolean;
}

/**
 * Starts the offline server, or finds the key of the provider.
 *
 * @throws {UsageError} when the provider is not known, or its key is missing
 */
export async function openModelSource(
  asked: Asked,
  environment: Environment,
  offline: OfflineOptions = {},
): Promise<ModelSource> {
  return asked.offline ? openOffline(asked.seed, offline) : real(asked.model, asked.base_url, environment);
}

async function openOffline(
  seed: string,
  { recording, isForPrograms = false }: OfflineOptions,
): Promise<ModelSource> {
  const server = await startOfflineServer({
    seed,
    // A recording is known, and programs need no time to read.
    chunkDelayMs: recording === undefined && !isForPrograms ? READING_PACE_MS : 0,
    ...(recording !== undefined && { conversation: recording }),
  });
  const what =
    recording === undefined
      ? 'a stand-in, not a language model: it makes its replies from what was said'
      : 'it answers with what the recording says';
  return {
    label: `offline server at ${server.url} (${what})`,
    offline: true,
    client: { model: 'stand-in-1', provider: 'offline', baseURL: server.url },
    close: () => server.close(),
  };
}

/** `OPENAI_BASE_URL` stands for OpenAI; a model of another provider is asked there, with that one's key. */
function serverInEnvironment(model: string | undefined, environment: Environment): string | undefined {
  const baseURL = environment.get('OPENAI_BASE_URL');
  const provider = model?.slice(0, Math.max(0, model.indexOf('/'))) || 'openai';
  if (baseURL === undefined || (provider !== 'openai' && providers.has(provider))) return undefined;
  if (!isServerUrl(baseURL)) throw new UsageError(`OPENAI_BASE_URL: ${NO_SERVER_URL}`);
  return baseURL;
}

function resolve(model: string, baseURL: string | undefined): ResolvedModel {
  try {
    return resolveModel(model, baseURL === undefined ? undefined : { baseURL });
  } catch (error) {
    const isMine = error instanceof UnknownProviderError || error instanceof MissingBaseURLError;
    throw isMine ? new UsageError(error.message) : error;
  }
}

function real(model: string, baseURL: string | undefined, environment: Environment): ModelSource {
  const target = resolve(model, baseURL);
  const { keyVariables } = target.entry;
  const apiKey = keyVariables.map((name) => environment.get(name)).find((key) => key !== undefined);
  if (apiKey === undefined && !target.keyless) {
    throw new UsageError(`${model} needs a key: set ${keyVariables.join(' or ')} in .env or the environment`);
  }
  return {
    label: `${target.model} of ${target.provider} at ${target.baseURL}`,
    offline: false,
    client: {
      model,
      ...(baseURL !== undefined && { baseURL }),
      ...(apiKey !== undefined && { apiKey }),
    },
    close: async () => {},
  };
}
