// How long does it take to place and draw 47 agents with 1,400 edges between them, the shape on which others stop for a minute?
// Our layout, matrix and SVG; dagre (layered, as ours) and cytoscape (springs, with its defaults) place the same nodes and edges.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import dagre from '@dagrejs/dagre';
import { layoutGraph, type RunGraph, toGraph, toHtml, toMatrix, toSvg } from '@pd/visualizer';
import cytoscape from 'cytoscape';
import { openBrowser } from '../../e2e/src/browser.ts';
import { inTurns } from '../measure/in-turns.ts';
import { buildRun } from './build-run.ts';

const AGENTS = 47;
/** So many that 1,400 of the pairs of agents have met, models and tools included. */
const CALLS = 1_800;
const ROUNDS = Number(process.env.PD_ROUNDS ?? 3);
/** The page shows the matrix of a graph like this; this is from the press of a tab to what it shows. */
const IN_PAGE = ['the page, matrix to graph', 'the page, graph to matrix'];
const NODE = { width: 100, height: 40 };

const ways: Record<string, (graph: RunGraph) => unknown> = {
  layoutGraph: (graph) => layoutGraph(graph).nodes,
  toMatrix: (graph) => toMatrix(graph).cells,
  'toSvg, layout included': (graph) => toSvg(graph),
  dagre({ nodes, edges }) {
    const graph = new dagre.graphlib.Graph({ multigraph: true });
    graph.setGraph({});
    graph.setDefaultEdgeLabel(() => ({}));
    for (const { key } of nodes) graph.setNode(key, { ...NODE });
    for (const { key, from, to } of edges) graph.setEdge(from, to, {}, key);
    dagre.layout(graph);
    return graph;
  },
  'cytoscape, cose'({ nodes, edges }) {
    const graph = cytoscape({
      headless: true,
      styleEnabled: true,
      elements: [
        ...nodes.map(({ key }) => ({ data: { id: key } })),
        ...edges.map(({ key, from, to }) => ({ data: { id: key, source: from, target: to } })),
      ],
    });
    graph.layout({ name: 'cose', animate: false, boundingBox: { x1: 0, y1: 0, w: 1440, h: 900 } }).run();
    return graph;
  },
};

const [, , way] = process.argv;
if (way === undefined) {
  const { nodes, edges } = toGraph(buildRun(CALLS, AGENTS));
  console.log(`\n${nodes.length} nodes and ${edges.length} edges`);
  const names = [...Object.keys(ways), ...IN_PAGE];
  for (const { name, figures } of inTurns(import.meta.filename, names, { rounds: ROUNDS }))
    console.log(
      `  ${name.padEnd(26)} first ${figures.firstMs?.toFixed(1).padStart(9)} ms, then ${figures.ms?.toFixed(1).padStart(9)} ms`,
    );
} else if (IN_PAGE.includes(way)) {
  const times = await switchTabs();
  const own = times.filter((_, index) => index % 2 === IN_PAGE.indexOf(way));
  console.log(JSON.stringify({ firstMs: own[0], ms: own[1] }));
} else {
  const draw = ways[way];
  if (draw === undefined) throw new Error(`no such way: ${way}`);
  const graph = toGraph(buildRun(CALLS, AGENTS));
  const time = () => {
    const begin = performance.now();
    draw(graph);
    return performance.now() - begin;
  };
  console.log(JSON.stringify({ firstMs: time(), ms: time() }));
}

/** Shows graph and matrix in turns, twice; how long each took until it was painted. */
async function switchTabs(): Promise<number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'pd-bench-dense-'));
  const file = join(folder, 'run.html');
  writeFileSync(file, toHtml(buildRun(CALLS, AGENTS)));
  const browser = await openBrowser();
  if (browser === undefined) throw new Error('it needs a browser');
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(pathToFileURL(file).href);
    await page.waitForSelector('.matrix');
    return await page.evaluate(async () => {
      const painted = () =>
        new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(() => resolve())));
      const times: number[] = [];
      for (const tab of ['agents', 'matrix', 'agents', 'matrix']) {
        await painted();
        await painted();
        const begin = performance.now();
        document.querySelector<HTMLElement>(`#tab-${tab}`)?.click();
        const shows = tab === 'matrix' ? '.matrix' : '.graph';
        do await painted();
        while (document.querySelector(`.graph-panel ${shows}`) === null);
        times.push(performance.now() - begin);
      }
      return times;
    });
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
