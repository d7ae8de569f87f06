import type { CallNode, RunTree } from '@pd/call-log/schema';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildTree } from '../fixtures/build-tree.ts';
import { openHtml } from '../fixtures/open-tree.ts';
import { anyTree, hostileText } from '../fixtures/tree-arbitrary.ts';
import { embedJson } from './embed-json.ts';
import { toHtml } from './to-html.ts';

const DATA = '<script type="application/json" id="data">';

it('never lets content out of its element, and loses none of it', async () => {
  await fc.assert(
    fc.asyncProperty(anyTree, async (tree) => {
      const html = toHtml(tree);
      const data = html.slice(html.indexOf(DATA) + DATA.length, html.lastIndexOf('</script>\n<script>'));
      expect(data).not.toMatch(/[<>\u2028\u2029]/);
      // As JSON gives it back: `__proto__` as a key of its own, half surrogates as they were.
      const { run, agents, messages } = JSON.parse(JSON.stringify(tree)) as RunTree;
      const opened = await openHtml(html);
      expect(opened.run).toEqual(run);
      const inBlocks = async <T>(list: { at(place: number): Promise<T> }, count: number) =>
        Promise.all(Array.from({ length: count }, (_, place) => list.at(place)));
      expect(await inBlocks(opened.messageBodies, messages.length)).toEqual(messages);
      const calls = await inBlocks(opened.callBodies, opened.calls.count);
      const byId = (list: (CallNode | undefined)[]) => list.map((call) => JSON.stringify(call)).sort();
      expect(byId(calls)).toEqual(byId(agents.flatMap((agent) => agent.calls)));
    }),
  );
});

it('has the same elements whatever the run holds', () => {
  // How many blocks of data there are depends on how much was said.
  const tags = (html: string) =>
    html
      .replace(/content="[^"]*"/g, '')
      .replace(/<script type="text\/plain" id="run-0-\d+">[A-Za-z0-9+/=]*<\/script>\n/g, '')
      .match(/<[!/a-z][^>]*>/gi);
  const plain = tags(toHtml(buildTree({ name: 'plain' })));
  fc.assert(
    fc.property(anyTree, (tree) => {
      expect(tags(toHtml(tree))).toEqual(plain);
    }),
  );
});

it('gives the same bytes for the same run', () => {
  fc.assert(
    fc.property(anyTree, (tree) => {
      expect(toHtml(structuredClone(tree))).toBe(toHtml(tree));
    }),
  );
});

it('embeds any value such that parsing gives it back', () => {
  fc.assert(
    fc.property(fc.oneof(hostileText, fc.jsonValue()), (value) => {
      expect(JSON.parse(embedJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
