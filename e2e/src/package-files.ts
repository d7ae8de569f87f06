import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** A file of an installed package, its path with slashes from the package's folder. */
export interface PackageFile {
  path: string;
  text: string;
}

/** Every file of an installed package, without what npm put inside it. */
export async function readPackage(folder: string): Promise<PackageFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !relative(folder, file).startsWith('node_modules'));
  return Promise.all(
    files.map(async (file) => ({
      path: relative(folder, file).replaceAll(sep, '/'),
      text: await readFile(file, 'utf8'),
    })),
  );
}
