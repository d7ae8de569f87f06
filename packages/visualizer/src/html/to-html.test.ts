import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { buildAgent, buildCall, buildMessage, buildTree } from '../fixtures/build-tree.ts';
import { toHtml } from './to-html.ts';

const tree = buildTree({
  name: 'A "quoted" <run>',
  agents: [buildAgent('a', [buildCall('c1')])],
  messages: [buildMessage()],
});
const html = toHtml(tree);
const sha256 = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
const between = (start: string, end: string) => html.split(start)[1]?.split(end)[0] ?? '';
const policy = between('http-equiv="Content-Security-Policy" content="', '"');

describe('toHtml', () => {
  it('allows only its own script and style', () => {
    const script = html.slice(
      html.lastIndexOf('<script>') + '<script>'.length,
      html.lastIndexOf('</script>'),
    );
    expect(script.length).toBeGreaterThan(10_000);
    expect(policy).toContain(`script-src '${sha256(script)}'`);
    expect(policy).toContain(`style-src '${sha256(between('<style>', '</style>'))}'`);
    expect(policy).toContain(`default-src 'none'`);
    expect(policy).toContain(`base-uri 'none'`);
    expect(policy).toContain(`form-action 'none'`);
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  it('refers to nothing outside of itself', () => {
    expect(html).not.toMatch(/<(?:script|link|img|iframe)[^>]*(?:src|href)="(?!data:)/);
    expect(between('<style>', '</style>')).not.toMatch(/url\((?!#)|@import/);
  });

  it('calls the document like the run, else by its id', () => {
    expect(html).toContain('<title>A &quot;quoted&quot; &lt;run&gt;</title>');
    expect(toHtml(buildTree())).toContain('<title>run-1</title>');
    expect(toHtml(tree, { title: 'Mine' })).toContain('<title>Mine</title>');
  });

  it('holds the whole tree', () => {
    const data = JSON.parse(between('<script type="application/json" id="data">', '</script>'));
    expect(data.tree).toEqual(tree);
    expect(data.theme).toBe('auto');
  });
});
