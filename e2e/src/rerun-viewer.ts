import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';

/** What the viewer tells a page that embeds it. */
export interface ViewerEvent {
  type: string;
  recording_id?: string;
  items?: { type: string; entity_path?: string; instance_id?: number; view_name?: string }[];
}

/** The part of the viewer's own interface that is used here, as the page has it. */
interface Viewer {
  get_active_timeline(recording: string): string | null;
  get_time_range(recording: string, timeline: string): { min: number; max: number } | null;
  get_playing(recording: string): boolean;
  set_playing(recording: string, value: boolean): void;
  set_active_timeline(recording: string, timeline: string): void;
  set_current_time(recording: string, timeline: string, time: number): void;
  get_current_time(recording: string, timeline: string): number;
  override_panel_state(panel: string, state: string): void;
}

declare global {
  var viewer: Viewer;
  var events: ViewerEvent[];
}

/** A recording in the real viewer. */
export interface OpenedRecording {
  page: Page;
  /** Warnings and errors on the console, uncaught errors, requests to anywhere else. */
  troubles: string[];
  /** The id of the recording; `undefined` when the viewer opened none within the time. */
  recordingId: string | undefined;
  close(): Promise<void>;
}

/** What the viewer says of this browser, not of the recording. */
const NOT_OF_THE_RECORDING = [/Software rasterizer/, /Unhandled egui viewport command/];

const PACKAGE = fileURLToPath(new URL('../node_modules/@rerun-io/web-viewer/', import.meta.url));

const PAGE = `<!doctype html><html><head><link rel="icon" href="data:,"><style>html,body,#viewer{margin:0;height:100%}</style></head>
<body><div id="viewer"></div><script type="module">
import { WebViewer } from '/viewer/index.js';
globalThis.events = [];
globalThis.viewer = new WebViewer();
for (const type of ['recording_open', 'selection_change'])
  viewer.on(type, (event) => events.push(event));
await viewer.start(new URL('/recording.rrd', location.href).href, document.querySelector('#viewer'), {
  width: '100%', height: '100%', hide_welcome_screen: true, render_backend: 'webgl',
});
</script></body></html>`;

const TYPES: Readonly<Record<string, string>> = { wasm: 'application/wasm', js: 'text/javascript' };

/** Opens a recording in the viewer, from a server on loopback. The browser has to have WebGL. */
export async function openRecording(
  browser: Browser,
  recording: Uint8Array,
  waitMs = 30_000,
): Promise<OpenedRecording> {
  const server = createServer(async ({ url = '/' }, response) => {
    if (url === '/') {
      response.setHeader('content-type', 'text/html').end(PAGE);
      return;
    }
    if (url === '/recording.rrd') {
      response.end(recording);
      return;
    }
    const name = url.replace('/viewer/', '');
    // The package imports a file of its own without the extension.
    const file = name.includes('.') ? name : `${name}.js`;
    response.setHeader('content-type', TYPES[file.split('.').at(-1) ?? ''] ?? 'text/plain');
    response.end(await readFile(`${PACKAGE}${file}`));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const context = await browser.newContext({ viewport: { width: 1400, height: 850 }, colorScheme: 'dark' });
  const page = await context.newPage();
  const troubles: string[] = [];
  const note = (trouble: string) => {
    if (!NOT_OF_THE_RECORDING.some((pattern) => pattern.test(trouble))) troubles.push(trouble);
  };
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) note(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', ({ message }) => note(`uncaught: ${message}`));
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(origin))
      note(`request: ${request.url()}`);
  });
  await page.goto(origin);
  const recordingOf = () =>
    page.evaluate(() => globalThis.events?.find(({ type }) => type === 'recording_open')?.recording_id);
  let recordingId = await recordingOf();
  // What is wrong with a file is said at once; nothing more comes then.
  for (let waited = 0; recordingId === undefined && troubles.length === 0 && waited < waitMs; waited += 100) {
    await page.waitForTimeout(100);
    recordingId = await recordingOf();
  }
  return {
    page,
    troubles,
    recordingId,
    async close() {
      await context.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
