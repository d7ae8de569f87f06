import { readRequest } from '@pd/call-log/openai-wire';
import type { ClientSettings } from '../client-settings.ts';
import type { EmbeddingsRequest } from '../embeddings/embeddings-request.ts';
import { UnsupportedOperationError } from '../errors/unsupported-operation-error.ts';
import type { ResponsesRequest } from '../responses/responses-request.ts';
import type { Leg } from '../routing/route.ts';
import type { FinishedCall } from './finished-call.ts';
import { openCall, type PreparedCall, splitRequest } from './prepare-call.ts';

type OtherOperation = 'responses' | 'embeddings';

const INSTEAD: Record<OtherOperation, string> = {
  responses: 'ask for a chat completion with chat(), or name a model of a provider that has it',
  embeddings: 'name a model of a provider that has it',
};

/**
 * Takes a request to an endpoint that not every provider has, and records it.
 *
 * @throws {UnsupportedOperationError | UnknownProviderError | TypeError} before anything is recorded; the last for what
 * JSON cannot hold
 */
export function prepareOperation(
  settings: ClientSettings,
  operation: OtherOperation,
  request: ResponsesRequest | EmbeddingsRequest,
  stream = false,
): PreparedCall | FinishedCall {
  const { options, given } = splitRequest(request);
  const { extra, ...parameters } = given;
  const body = JSON.parse(JSON.stringify({ ...parameters, ...extra, stream: stream || undefined }));
  const { messages, tools, parameters: others = {} } = readRequest(operation, body);
  const route = routeWith(operation, settings.routeOf(options.model ?? settings.model));
  return openCall(settings, options, {
    operation,
    route,
    messages,
    parameters: others,
    ...(tools !== undefined && { tools }),
    bodyFor: ({ model }) => ({ ...body, model }),
  });
}

/** The route, less the places that could not answer. A fallback that has no such endpoint is none. */
function routeWith(operation: OtherOperation, route: readonly Leg[]): Leg[] {
  const able = route.map((leg) => ({
    ...leg,
    deployments: leg.deployments.filter((deployment) => deployment.entry.capabilities[operation]),
  }));
  if (able[0]?.deployments.length === 0) {
    const provider = route[0]?.deployments[0]?.provider ?? '';
    throw new UnsupportedOperationError(provider, operation, INSTEAD[operation]);
  }
  return able.filter(({ deployments }) => deployments.length > 0);
}
