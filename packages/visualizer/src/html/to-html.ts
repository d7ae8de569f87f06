import type { RunTree } from '@pd/call-log/schema';
import { PAGE_SCRIPT, PAGE_SCRIPT_HASH, PAGE_STYLE, PAGE_STYLE_HASH } from '../page.generated.ts';
import type { PackedRun, PageData, PageTheme } from '../page-data/page-data.ts';
import { type Block, blockElement, compressBlock } from './block.ts';
import { embedJson } from './embed-json.ts';
import { escapeHtml } from './escape-html.ts';
import { packRun } from './pack-run.ts';
import { PAGE_ICON } from './page-icon.ts';

/** Options of {@link toHtml}. */
export interface HtmlOptions {
  /** The document's title. Default: the first run's name, else its id. */
  title?: string;
  /** Which colours the page opens with; readers can switch. Default `'auto'`: as their system says. */
  theme?: PageTheme;
}

/**
 * Runs as one HTML document that opens from the file system: graph, timeline, transcript, every call.
 *
 * Nothing is loaded from anywhere: script, style and data are inside, and a Content-Security-Policy lets
 * only these very ones run. What the agents said is data throughout and never becomes markup. The same
 * trees and options give the same bytes with the same Node (whose zlib compresses what was said).
 *
 * @param trees a run as `@pd/call-log` writes it, or several to choose from on the page; all of them are inside
 *   the document, so whoever gets the page can read everything that was recorded
 * @throws {RangeError} when there is more than one string can hold (about 500 MB): write {@link htmlChunks} instead
 */
export function toHtml(trees: RunTree | readonly RunTree[], options: HtmlOptions = {}): string {
  return [...htmlChunks(trees, options)].join('');
}

/** The document that {@link toHtml} gives, piece by piece, for runs that are larger than a string may be. */
export function* htmlChunks(
  trees: RunTree | readonly RunTree[],
  options: HtmlOptions = {},
): Generator<string, void, void> {
  for (const piece of documentPieces(trees, options))
    yield typeof piece === 'string' ? piece : blockElement(piece);
}

/** The same pieces, compressed on Node's thread pool while the next ones are made. */
export async function* streamHtml(
  trees: RunTree | readonly RunTree[],
  options: HtmlOptions = {},
): AsyncGenerator<string, void, void> {
  const ahead: (string | Promise<string>)[] = [];
  for (const piece of documentPieces(trees, options)) {
    ahead.push(typeof piece === 'string' ? piece : compressBlock(piece));
    if (ahead.length > MOST_AHEAD) yield (await ahead.shift()) ?? '';
  }
  for (const piece of ahead) yield piece;
}

/** Blocks that wait to be compressed, about 256 KB each: enough to keep four threads busy. */
const MOST_AHEAD = 16;

function* documentPieces(
  trees: RunTree | readonly RunTree[],
  { title, theme = 'auto' }: HtmlOptions,
): Generator<string | Block, void, void> {
  const list = 'run' in trees ? [trees] : trees;
  const first = list[0]?.run;
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml((title ?? (first?.name || first?.id || 'No runs')).toWellFormed())}</title>
<link rel="icon" href="${PAGE_ICON}">
<style>${PAGE_STYLE}</style>
</head>
<body>
<div id="app"><noscript>This page shows a recorded run and needs JavaScript, which it carries with it.</noscript><p class="opening">This page has not been opened. If it stays like this, the file is incomplete: get it once more.</p></div>
`;
  const runs: PackedRun[] = [];
  for (const [place, tree] of list.entries()) runs.push(yield* packRun(tree, place));
  yield `<script type="application/json" id="data">${embedJson({ theme, runs } satisfies PageData)}</script>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

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
