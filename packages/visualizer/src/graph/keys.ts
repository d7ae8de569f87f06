/** Node and edge keys. Parts are JSON, so that no id can be mistaken for another, whatever is in it. */
export function agentKey(agentId: string): string {
  return `agent:${JSON.stringify(agentId)}`;
}

export function modelKey(provider: string, model: string): string {
  return `model:${JSON.stringify([provider, model])}`;
}

export function edgeKey(kind: 'message' | 'call', from: string, to: string): string {
  return `${kind}:${from}>${to}`;
}
