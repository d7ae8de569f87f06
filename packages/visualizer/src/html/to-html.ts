import type { RunTree } from '@pd/call-log/schema';
import { toGraph } from '../graph/to-graph.ts';
import { layoutGraph } from '../layout/layout-graph.ts';
import { PAGE_SCRIPT, PAGE_SCRIPT_HASH, PAGE_STYLE, PAGE_STYLE_HASH } from '../page.generated.ts';
import { embedJson } from './embed-json.ts';
import { escapeHtml } from './escape-html.ts';
import type { PageData, PageTheme } from './page-data.ts';

/** Options of {@link toHtml}. */
export interface HtmlOptions {
  /** The document's title. Default: the run's name, else its id. */
  title?: string;
  /** Which colours the page opens with; readers can switch. Default `'auto'`: as their system says. */
  theme?: PageTheme;
}

/**
 * A run as one HTML document that opens from the file system: graph, timeline, transcript, every call.
 *
 * Nothing is loaded from anywhere: script, style and data are inside, and a Content-Security-Policy lets
 * only these very ones run. What the agents said is data throughout and never becomes markup. The same
 * tree and options give the same bytes. Runs in Node and in a browser.
 *
 * @param tree a run as `@pd/call-log` writes it; the whole tree is inside the document, so whoever gets
 *   the page can read everything that was recorded
 */
export function toHtml(tree: RunTree, options: HtmlOptions = {}): string {
  const { title = tree.run.name || tree.run.id, theme = 'auto' } = options;
  const data: PageData = { tree, layout: layoutGraph(toGraph(tree)), theme };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title.toWellFormed())}</title>
<link rel="icon" href="${ICON}">
<style>${PAGE_STYLE}</style>
</head>
<body>
<div id="app"><noscript>This page shows a recorded run and needs JavaScript, which it carries with it.</noscript></div>
<script type="application/json" id="data">${embedJson(data)}</script>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

/** Two agents and what passes between them. A data: URL, so that no request for an icon goes out. */
const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M4 12 12 4" stroke="#7a8190" stroke-width="1.6"/><circle cx="4" cy="12" r="3" fill="#2f6fde"/><circle cx="12" cy="4" r="3" fill="#c2571a"/></svg>',
).replaceAll("'", '%27')}`;

function contentSecurityPolicy(): string {
  return [
    `default-src 'none'`,
    `script-src '${PAGE_SCRIPT_HASH}'`,
    `style-src '${PAGE_STYLE_HASH}'`,
    `img-src data:`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
}
