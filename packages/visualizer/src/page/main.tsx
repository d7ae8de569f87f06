import { render } from 'preact';
import type { PageData } from '../page-data/page-data.ts';
import { App } from './app.tsx';
import { openRun } from './run/open-run.ts';
import { placeOfRun } from './run/place-of-run.ts';
import type { RunModel } from './run/run-model.ts';
import { parseView } from './state/view.ts';

const root = document.getElementById('app');
const text = document.getElementById('data')?.textContent;
if (root && text) {
  start(root, text).catch((error) => {
    root.textContent = `This page could not be opened: ${error}`;
  });
}

async function start(root: HTMLElement, text: string): Promise<void> {
  // Written by htmlChunks() of the same build into the same document.
  const data: PageData = JSON.parse(text);
  const open = async (place: number): Promise<RunModel> => {
    const packed = data.runs[place];
    if (packed === undefined) throw new Error('this document holds no run');
    return openRun(packed, (id) => document.getElementById(id)?.textContent ?? undefined);
  };
  const wanted = Math.max(0, placeOfRun(data.runs, parseView(location.hash).run));
  const { first, problem } = await openOne(wanted, data.runs.length, open);
  root.textContent = '';
  render(<App runs={data.runs} first={first} problem={problem} open={open} theme={data.theme} />, root);
}

/** The run that is wanted; where the document is damaged, the first one that can be read. */
async function openOne(
  wanted: number,
  count: number,
  open: (place: number) => Promise<RunModel>,
): Promise<{ first: RunModel; problem?: string }> {
  try {
    return { first: await open(wanted) };
  } catch (error) {
    for (let place = 0; place < count; place++) {
      const first = place === wanted ? undefined : await open(place).catch(() => undefined);
      if (first !== undefined) return { first, problem: String(error) };
    }
    throw error;
  }
}
