// How quick is the page of a run in a browser, beside the same calls as rows of a plain HTML table? Opening, moving about (frames a
// second, of 60 at most), searching (from the text to the painted result), memory. Each in a browser of its own.
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { streamHtml } from '@pd/visualizer';
import { openBrowser } from '../../e2e/src/browser.ts';
import { type Figures, inTurns } from '../measure/in-turns.ts';
import { buildRun } from './build-run.ts';
import { countFrames, type Gesture, heapMegabytes, searchMs } from './in-page.ts';
import { tablePage } from './table-page.ts';

const SIZES = [1_000, 20_000, 100_000];
const AGENTS = 20;
const ROUNDS = Number(process.env.PD_ROUNDS ?? 3);
const PAGE = 'the page';
const TABLE = 'a plain table';
const GESTURES: Readonly<Record<string, readonly Gesture[]>> = {
  [PAGE]: ['pan', 'zoom', 'scrub', 'play'],
  [TABLE]: ['scroll'],
};
/** Agents and status, a number, a word that is often said, one that never is. */
const SEARCHES: Readonly<Record<string, readonly string[]>> = {
  [PAGE]: ['agent:agent-7 status:error', 'cost>0.0002', 'bridge', 'nowhere'],
  [TABLE]: ['bridge', 'nowhere'],
};

const [, , way, calls] = process.argv;
if (way === undefined) {
  for (const size of SIZES) {
    console.log(`\n${size} calls and as many messages of ${AGENTS} agents`);
    const results = inTurns(import.meta.filename, [PAGE, TABLE], { rounds: ROUNDS, args: [String(size)] });
    for (const { name, figures } of results) {
      console.log(`  ${name}`);
      for (const [what, value] of Object.entries(figures))
        console.log(`    ${what.padEnd(44)} ${value.toFixed(value < 10 ? 1 : 0).padStart(7)}`);
    }
  }
} else console.log(JSON.stringify(await measure(way, Number(calls))));

async function measure(way: string, calls: number): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'pd-bench-page-'));
  const file = join(folder, 'run.html');
  const tree = buildRun(calls, AGENTS);
  if (way === PAGE) await pipeline(Readable.from(streamHtml(tree)), createWriteStream(file));
  else writeFileSync(file, tablePage(tree));
  const browser = await openBrowser();
  if (browser === undefined) throw new Error('it needs a browser');
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    // A table of 100,000 rows takes longer than the half minute that is the default.
    await page.goto(pathToFileURL(file).href, { timeout: 0 });
    await page.waitForSelector(way === PAGE ? 'canvas.lanes' : 'tbody tr', { timeout: 0 });
    const figures: Figures = await page.evaluate(async () => {
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      const [paint] = performance.getEntriesByName('first-contentful-paint');
      const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
      return {
        'loaded after ms': navigation?.loadEventEnd ?? Number.NaN,
        'first paint after ms': paint?.startTime ?? Number.NaN,
      };
    });
    for (const gesture of GESTURES[way] ?? []) {
      const { perSecond, busyMs, p95Ms } = await countFrames(page, gesture);
      figures[`${gesture}: frames a second`] = perSecond;
      figures[`${gesture}: 95 of 100 frames within ms`] = p95Ms;
      figures[`${gesture}: CPU ms a frame`] = busyMs;
    }
    for (const text of SEARCHES[way] ?? []) {
      // The first time of a text is what a person meets, but a compiler too: the first search of all is not counted.
      await searchMs(page, 'zzz');
      figures[`search "${text}" ms`] = await searchMs(page, text);
    }
    figures['heap MB'] = await heapMegabytes(page);
    return figures;
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
