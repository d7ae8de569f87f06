/**
 * Bundles the page's app (src/page), and the style of the page that compares runs (src/diff), into `src/page.generated.ts`: script and style as strings, with the
 * hashes that the Content-Security-Policy names. Run by Node as it is: `node build-page.ts`.
 */
import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('.', import.meta.url));
const target = `${root}src/page.generated.ts`;

const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: ['src/page/main.tsx', 'src/page/main.css', 'src/diff/diff-page.css'],
  outdir: 'page',
  bundle: true,
  minify: true,
  write: false,
  format: 'iife',
  platform: 'browser',
  target: ['chrome123', 'firefox128', 'safari17.5'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  charset: 'ascii',
  legalComments: 'none',
  logLevel: 'warning',
});

const script = inline('main.js', '</script');
const style = inline('main.css', '</style');
const diffStyle = inline('diff-page.css', '</style');
const source = `// Written by build-page.ts.
export const PAGE_SCRIPT = ${JSON.stringify(script)};
export const PAGE_SCRIPT_HASH = '${hash(script)}';
export const PAGE_STYLE = ${JSON.stringify(style)};
export const PAGE_STYLE_HASH = '${hash(style)}';
export const DIFF_STYLE = ${JSON.stringify(diffStyle)};
export const DIFF_STYLE_HASH = '${hash(diffStyle)}';
`;
if (source !== current()) {
  // Several tasks may build at once: readers must never see half a file.
  writeFileSync(`${target}.${process.pid}`, source);
  renameSync(`${target}.${process.pid}`, target);
}

/** The output of that name, which must not close the element that it will stand in. */
function inline(name: string, closing: string): string {
  const text = outputFiles.find(({ path }) => path.endsWith(`/${name}`))?.text.trim();
  if (text === undefined) throw new Error(`esbuild wrote no ${name}`);
  if (text.toLowerCase().includes(closing) || text.includes('<!--'))
    throw new Error(`the page's ${name} holds ${closing}`);
  return text;
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function current(): string | undefined {
  try {
    return readFileSync(target, 'utf8');
  } catch {
    return undefined;
  }
}
