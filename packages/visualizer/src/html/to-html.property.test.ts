import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildTree } from '../fixtures/build-tree.ts';
import { anyTree, hostileText } from '../fixtures/tree-arbitrary.ts';
import { embedJson } from './embed-json.ts';
import { toHtml } from './to-html.ts';

const DATA = '<script type="application/json" id="data">';

it('never lets content out of its element, and loses none of it', () => {
  fc.assert(
    fc.property(anyTree, (tree) => {
      const html = toHtml(tree);
      const data = html.slice(html.indexOf(DATA) + DATA.length, html.lastIndexOf('</script>\n<script>'));
      expect(data).not.toMatch(/[<>\u2028\u2029]/);
      // As JSON gives it back: `__proto__` as a key of its own, half surrogates as they were.
      expect(JSON.parse(data).tree).toEqual(JSON.parse(JSON.stringify(tree)));
    }),
  );
});

it('has the same elements whatever the run holds', () => {
  const tags = (html: string) => html.replace(/content="[^"]*"/g, '').match(/<[!/a-z][^>]*>/gi);
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
