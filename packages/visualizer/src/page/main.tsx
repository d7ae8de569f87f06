import { render } from 'preact';
import type { PageData } from '../html/page-data.ts';
import { App } from './app.tsx';
import { createRunModel } from './model/run-model.ts';

const root = document.getElementById('app');
const text = document.getElementById('data')?.textContent;
if (root && text) {
  // Written by toHtml() of the same build into the same document.
  const data: PageData = JSON.parse(text);
  root.textContent = '';
  render(<App run={createRunModel(data)} theme={data.theme} />, root);
}
