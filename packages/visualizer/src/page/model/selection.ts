/** What the reader looks at. It lives in the URL's hash, so that a link shows the same. */
export interface Selection {
  /** Only what this agent did, said or was told. */
  agent?: string;
  /** The call in the drawer. */
  call?: string;
  /** The message in the drawer, where no call made it. */
  message?: string;
}

/** `#agent=planner&call=c7` → a selection. Unknown fields are ignored. */
export function parseSelection(hash: string): Selection {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const selection: Selection = {};
  for (const field of ['agent', 'call', 'message'] as const) {
    const value = fields.get(field);
    if (value !== null) selection[field] = value;
  }
  return selection;
}

/** The hash of a selection, with its `#`; just `#` for none. */
export function formatSelection({ agent, call, message }: Selection): string {
  const fields = new URLSearchParams();
  if (agent !== undefined) fields.set('agent', agent);
  if (call !== undefined) fields.set('call', call);
  if (message !== undefined) fields.set('message', message);
  return `#${fields}`;
}
