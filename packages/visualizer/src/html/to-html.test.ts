import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { buildAgent, buildCall, buildMessage, buildTree } from '../fixtures/build-tree.ts';
import { openHtml } from '../fixtures/open-tree.ts';
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

  it('holds every call and message of every run', async () => {
    const second = { ...tree, run: { ...tree.run, id: 'run-2' } };
    const both = toHtml([tree, second], { theme: 'dark' });
    for (const [place, { run, agents, messages }] of [tree, second].entries()) {
      const opened = await openHtml(both, place);
      expect(opened.run).toEqual(run);
      expect(await opened.callBodies.at(0)).toEqual(agents[0]?.calls[0]);
      expect(await opened.messageBodies.at(0)).toEqual(messages[0]);
    }
    expect(both).toContain('"theme":"dark"');
  });

  it('says so when it holds no run', () => {
    expect(toHtml([])).toContain('<title>No runs</title>');
  });
});
