/** Where an Azure OpenAI resource is. */
export interface AzureLocation {
  /** Name of the resource, as in `https://<resource>.openai.azure.com`. */
  resource: string;
  /** Only for a dated version of the API: the name of the deployment, which is in its URL. */
  deployment?: string;
  /** A dated version of the API, such as `2024-10-21`. Default: the API without dates. */
  apiVersion?: string;
}

/**
 * The base URL of an Azure OpenAI resource, for `{ provider: 'azure', baseURL }` or `providers: { azure: { baseURL } }`.
 *
 * @see https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle (read 2026-11-22)
 * @throws {RangeError} for a resource that cannot be part of a host's name, or a deployment without a version
 */
export function azureBaseURL({ resource, deployment, apiVersion }: AzureLocation): string {
  if (!/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/i.test(resource)) {
    throw new RangeError(
      `${JSON.stringify(resource)} is no name of an Azure resource: use the part before ".openai.azure.com"`,
    );
  }
  const root = `https://${resource}.openai.azure.com/openai`;
  if (apiVersion === undefined && deployment === undefined) return `${root}/v1`;
  if (apiVersion === undefined || deployment === undefined) {
    throw new RangeError('a dated version of the Azure API needs both, deployment and apiVersion');
  }
  return `${root}/deployments/${encodeURIComponent(deployment)}?api-version=${encodeURIComponent(apiVersion)}`;
}
