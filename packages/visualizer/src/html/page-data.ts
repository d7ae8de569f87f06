import type { RunTree } from '@pd/call-log/schema';
import type { GraphLayout } from '../layout/graph-layout.ts';

/** What the page is given, as JSON inside the document. */
export interface PageData {
  tree: RunTree;
  /** Computed on export, so that the picture is the same wherever the page is opened. */
  layout: GraphLayout;
  theme: PageTheme;
}

/** `auto` follows the reader's system. */
export type PageTheme = 'auto' | 'light' | 'dark';
