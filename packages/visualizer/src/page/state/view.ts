/** What the reader looks at. It lives in the URL's hash, so that a link shows the same. */
export interface View {
  /** Which of the document's runs. Default: the first. */
  run?: string;
  /** Only what this agent did, said or was told. */
  agent?: string;
  /** The call in the drawer. */
  call?: string;
  /** The message in the drawer, where no call made it. */
  message?: string;
  /** What is searched for, as typed. */
  q?: string;
  /** The window of time, in milliseconds since the run began. */
  from?: number;
  to?: number;
  /** The playhead. Default: the end. */
  at?: number;
  /** How the graph is drawn. Default: one node per agent, as a matrix where that would be too dense. */
  graph?: GraphView;
  /** What stands under the timeline. Default: the transcript. */
  list?: ListView;
  /** Which table stands under the graph. Default: the agents. */
  table?: TableView;
  /** Shows how a call's request differs from the agent's one before. */
  diff?: boolean;
  /** Draws the critical path into the timeline. */
  path?: boolean;
}

export const GRAPH_VIEWS = ['agents', 'calls', 'matrix'] as const;
export type GraphView = (typeof GRAPH_VIEWS)[number];

export const LIST_VIEWS = ['transcript', 'calls', 'analysis', 'record'] as const;
export type ListView = (typeof LIST_VIEWS)[number];

export const TABLE_VIEWS = ['agents', 'pairs'] as const;
export type TableView = (typeof TABLE_VIEWS)[number];

const TEXTS = ['run', 'agent', 'call', 'message', 'q'] as const;
const TIMES = ['from', 'to', 'at'] as const;

/** `#agent=planner&call=c7` → a view. Unknown fields and impossible values are ignored. */
export function parseView(hash: string): View {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const view: View = {};
  for (const field of TEXTS) {
    const value = fields.get(field);
    if (value !== null) view[field] = value;
  }
  for (const field of TIMES) {
    const value = Number(fields.get(field) ?? Number.NaN);
    if (Number.isFinite(value)) view[field] = value;
  }
  const graph = GRAPH_VIEWS.find((known) => known === fields.get('graph'));
  if (graph !== undefined) view.graph = graph;
  const list = LIST_VIEWS.find((known) => known === fields.get('list'));
  if (list !== undefined) view.list = list;
  const table = TABLE_VIEWS.find((known) => known === fields.get('table'));
  if (table !== undefined) view.table = table;
  if (fields.has('diff')) view.diff = true;
  if (fields.has('path')) view.path = true;
  return view;
}

/** The hash of a view, with its `#`; just `#` for nothing in particular. */
export function formatView(view: View): string {
  const fields = new URLSearchParams();
  for (const field of TEXTS) {
    const value = view[field];
    if (value !== undefined) fields.set(field, value);
  }
  for (const field of TIMES) {
    const value = view[field];
    if (value !== undefined) fields.set(field, String(Math.round(value)));
  }
  if (view.graph !== undefined) fields.set('graph', view.graph);
  if (view.list !== undefined) fields.set('list', view.list);
  if (view.table !== undefined) fields.set('table', view.table);
  if (view.diff) fields.set('diff', '1');
  if (view.path) fields.set('path', '1');
  return `#${fields}`;
}
