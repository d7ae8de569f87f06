import { render } from 'preact';
import type { PageData } from '../page-data/page-data.ts';
import { App } from './app.tsx';
import { openRun } from './run/open-run.ts';
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
  const open = (place: number) => {
    const packed = data.runs[place];
    return packed && openRun(packed, (id) => document.getElementById(id)?.textContent ?? undefined);
  };
  const wanted = data.runs.findIndex(({ run }) => run.id === parseView(location.hash).run);
  const first = await open(Math.max(0, wanted));
  root.textContent = '';
  if (first === undefined) root.append('This document holds no run.');
  else render(<App runs={data.runs} first={first} open={open} theme={data.theme} />, root);
}
