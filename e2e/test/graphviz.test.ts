import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { instance } from '@viz-js/viz';
import { beforeAll, expect, test } from 'vitest';
import { HOSTILE_CONVERSATION, HOSTILE_SPEAKERS } from '../src/hostile-conversation.ts';
import { runVisualizer } from '../src/run-visualizer.ts';
import { temporaryFolder } from '../src/temporary-folder.ts';

const folder = temporaryFolder();
beforeAll(() => writeFile(join(folder, 'chat.json'), JSON.stringify(HOSTILE_CONVERSATION)));

test('Graphviz reads what speakers of any name said as the graph it is', async () => {
  const dot = await runVisualizer(folder, 'dot', 'chat.json');
  const nodeLink = JSON.parse(await runVisualizer(folder, 'json', 'chat.json')) as {
    nodes: { id: string; label: string }[];
    links: unknown[];
  };
  const viz = await instance();
  const { status, output, errors } = viz.render(dot, { format: 'json' });
  // It has no table of how wide the letters of the world are, and says so.
  const troubles = errors.filter(
    ({ message }) => !message.includes('no value for width of non-ASCII character'),
  );
  expect({ status, troubles }).toEqual({ status: 'success', troubles: [] });
  const { objects, edges } = JSON.parse(output ?? '') as {
    objects: { id: string; label: string }[];
    edges: unknown[];
  };
  expect(objects).toHaveLength(nodeLink.nodes.length);
  expect(objects.length).toBeGreaterThan(HOSTILE_SPEAKERS);
  expect(edges).toHaveLength(nodeLink.links.length);

  const svg = viz.renderString(dot, { format: 'svg' });
  expect(svg.match(/class="node /g)).toHaveLength(nodeLink.nodes.length);
  // What is a backslash, an entity or a quote in the log is one in the picture.
  for (const shown of ['back\\', '\\N \\G \\l', '&amp;lt;b&amp;gt; &amp;#34; #quot;', 'say &quot;hi&quot;'])
    expect(svg).toContain(`>${shown}<`);
  for (const trouble of ['<script', '<img', '<a ', '\u202e', '\u001b']) expect(svg).not.toContain(trouble);
});
