import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { HOSTILE_CONVERSATION, HOSTILE_SPEAKERS } from '../src/hostile-conversation.ts';
import { test } from '../src/page-test.ts';
import { runVisualizer } from '../src/run-visualizer.ts';
import { temporaryFolder } from '../src/temporary-folder.ts';

const MERMAID = join(createRequire(import.meta.url).resolve('mermaid'), '../mermaid.min.js');
const folder = temporaryFolder();

/** What Mermaid draws of a diagram, as somebody's page would that trusts it. */
async function draw(page: Page, diagram: string) {
  await page.addScriptTag({ path: MERMAID });
  return page.evaluate(async (text) => {
    const { mermaid } = globalThis as unknown as {
      mermaid: {
        initialize(options: object): void;
        render(id: string, text: string): Promise<{ svg: string }>;
      };
    };
    mermaid.initialize({ startOnLoad: false, securityLevel: 'loose' });
    const { svg } = await mermaid.render('drawn', text);
    document.body.innerHTML = svg;
    const count = (selector: string) => document.body.querySelectorAll(selector).length;
    return {
      nodes: count('.node'),
      edges: count('.edgePaths > *, path.flowchart-link'),
      actors: count('rect.actor-top, .actor-man-top, g.actor-man.actor-top'),
      lines: count('[class^="messageLine"]'),
      strangers: count('script, img, iframe, a'),
      text: document.body.textContent,
      pwned: 'pwned' in globalThis,
    };
  }, diagram);
}

test('Mermaid draws what speakers of any name said, and nothing of it is more than text', async ({
  open,
}) => {
  const blank = join(folder, 'blank.html');
  await writeFile(blank, '<!doctype html><title>Mermaid</title><body></body>');
  await writeFile(join(folder, 'chat.json'), JSON.stringify(HOSTILE_CONVERSATION));
  const flow = await runVisualizer(folder, 'mermaid', 'chat.json');
  const drawn = await draw(await open(blank), flow);
  expect(drawn).toMatchObject({ strangers: 0, pwned: false, nodes: flow.match(/^ {2}n\d+[([{]/gm)?.length });
  expect(drawn.text).toContain('say "hi"');
  expect(drawn.text).toContain('click n0');

  const sequence = await runVisualizer(folder, 'mermaid', 'chat.json', '--kind', 'sequence');
  const order = await draw(await open(blank), sequence);
  expect(order).toMatchObject({ strangers: 0, pwned: false, lines: sequence.match(/->>/g)?.length });
  expect(order.text).toContain('%% comment');
  expect(new Set(sequence.match(/^ {2}(?:participant|actor) n\d+/gm)).size).toBe(HOSTILE_SPEAKERS);
});

test('Mermaid takes what was cut to its limits', async ({ open }) => {
  const blank = join(folder, 'blank.html');
  await writeFile(blank, '<!doctype html><title>Mermaid</title><body></body>');
  const many = Array.from({ length: 2_000 }, (_, i) => ({
    name: `speaker ${(i * i) % 211}`,
    content: `This is said at turn ${i}.`,
  }));
  await writeFile(join(folder, 'many.json'), JSON.stringify(many));
  const sequence = await runVisualizer(folder, 'mermaid', 'many.json', '--kind', 'sequence');
  expect((await draw(await open(blank), sequence)).text).toContain('left out');
  const flow = await runVisualizer(folder, 'mermaid', 'many.json');
  expect((await draw(await open(blank), flow)).nodes).toBeGreaterThan(100);
});
