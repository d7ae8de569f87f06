import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';
import type { BrowserProgram } from './browser.ts';

/** What the npm package holds beside the browser: libraries, software GL, fonts. */
const ARCHIVES = ['al2023', 'swiftshader', 'fonts'];

/** The fonts of the machine and the carried one; the package's own configuration knows Lambda's folders only. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/**
 * The headless Chromium of `@sparticuz/chromium`, with the libraries (NSS, NSPR, expat) and the fonts that
 * it carries, so that a bare Linux needs nothing installed.
 *
 * Its own `executablePath()` is not used: it unpacks the libraries on Amazon's machines only, and into names
 * under /tmp that a second process may find half-written.
 */
export async function carriedChromium(): Promise<BrowserProgram> {
  const packed = fileURLToPath(new URL('../bin/', import.meta.resolve('@sparticuz/chromium')));
  const { version } = JSON.parse(await readFile(join(packed, '../package.json'), 'utf8'));
  const cache = fileURLToPath(new URL('../node_modules/.cache/', import.meta.url));
  const folder = join(cache, `chromium-${version}`);
  if (!existsSync(folder)) await unpack(packed, folder);
  return {
    executablePath: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: join(folder, 'lib'), FONTCONFIG_PATH: folder },
  };
}

/** Appears whole or not at all, because several test files may ask at once. */
async function unpack(packed: string, folder: string): Promise<void> {
  const half = `${folder}.${process.pid}`;
  await mkdir(half, { recursive: true });
  try {
    await Promise.all([
      inflate(join(packed, 'chromium.br'), join(half, 'chromium')),
      ...ARCHIVES.map((name) => extract(join(packed, `${name}.tar.br`), half)),
    ]);
    await writeFile(join(half, 'fonts.conf'), FONTS);
    await rename(half, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    await rm(half, { recursive: true, force: true });
  }
}

function inflate(from: string, to: string): Promise<void> {
  return pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to, { mode: 0o755 }));
}

/** By way of a file: tar stops reading at the archive's end mark, which would break a pipe. */
async function extract(archive: string, folder: string): Promise<void> {
  const tar = join(folder, basename(archive, '.br'));
  await inflate(archive, tar);
  await promisify(execFile)('tar', ['-x', '-f', tar, '-C', folder, '--no-same-owner']);
  await rm(tar);
}
