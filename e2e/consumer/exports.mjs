// Loads every subpath of every package given, as ESM and as CommonJS, and prints what each of them exports.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const loaded = {};
for (const name of process.argv.slice(2)) {
  const { exports } = require(`${name}/package.json`);
  for (const subpath of Object.keys(exports).filter((path) => path !== './package.json')) {
    const specifier = name + subpath.slice(1);
    loaded[specifier] = {
      esm: namesOf(await import(specifier)),
      cjs: namesOf(require(specifier)),
    };
  }
}
console.log(JSON.stringify(loaded));

/** A CommonJS module with nothing but a default is that default. */
function namesOf(module) {
  if (typeof module === 'function') return ['default'];
  return Object.keys(module)
    .filter((name) => name !== '__esModule')
    .sort();
}
