import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { carriedChromium } from './carried-chromium.ts';

/** A browser to start: its program, and what it needs in its environment. */
export interface BrowserProgram {
  executablePath: string;
  env?: Record<string, string>;
}

/** Runs as root and in containers, and asks nobody for anything. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** WebGL, drawn by the processor, is for the pages that are nothing without it. */
const GRAPHICS = {
  none: ['--disable-gpu'],
  webgl: [
    '--use-gl=angle',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
    '--ignore-gpu-blocklist',
  ],
} as const;

const WHAT_IS_NEEDED =
  'install Chrome, Chromium or Edge, or set PD_BROWSER to the path of one (on Linux x64 an npm package brings one along)';

/**
 * Starts a headless browser: the one that PD_BROWSER names (`carried` for the npm package's), else Chrome,
 * Chromium or Edge of this machine, else the npm package's on Linux x64.
 *
 * @returns `undefined` after a line that says what is needed; in CI that is an error instead
 */
export async function openBrowser(
  env: NodeJS.ProcessEnv = process.env,
  graphics: keyof typeof GRAPHICS = 'none',
): Promise<Browser | undefined> {
  const args = [...ARGUMENTS, ...GRAPHICS[graphics]];
  const tried: string[] = [];
  for (const candidate of candidates(env)) {
    try {
      const { executablePath, env: added } = await candidate();
      return await chromium.launch({ executablePath, args, env: { ...env, ...added } });
    } catch (error) {
      tried.push((error as Error).message.split('\n').slice(0, 12).join('\n'));
    }
  }
  const message = `no browser could be started: ${WHAT_IS_NEEDED}\n${tried.join('\n')}`;
  if (env.CI) throw new Error(message);
  process.stderr.write(`skipped: ${message}\n`);
  return undefined;
}

type Candidate = () => Promise<BrowserProgram>;

function candidates(env: NodeJS.ProcessEnv): Candidate[] {
  const { PD_BROWSER: wanted } = env;
  if (wanted === 'carried') return [carriedChromium];
  if (wanted) return [async () => ({ executablePath: wanted })];
  const installed = usualPaths(env)
    .filter((path) => existsSync(path))
    .map(
      (executablePath): Candidate =>
        async () => ({ executablePath }),
    );
  const carried = process.platform === 'linux' && process.arch === 'x64' ? [carriedChromium] : [];
  return [...installed, ...carried];
}

function usualPaths(env: NodeJS.ProcessEnv): string[] {
  switch (process.platform) {
    case 'darwin':
      return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
        (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
      );
    case 'win32':
      return [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].flatMap((folder) =>
        folder === undefined
          ? []
          : [
              join(folder, 'Google\\Chrome\\Application\\chrome.exe'),
              join(folder, 'Chromium\\Application\\chrome.exe'),
              join(folder, 'Microsoft\\Edge\\Application\\msedge.exe'),
            ],
      );
    default:
      return ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge'].map(
        (name) => `/usr/bin/${name}`,
      );
  }
}
