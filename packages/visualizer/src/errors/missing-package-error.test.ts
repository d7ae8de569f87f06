import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

describe('a recording without apache-arrow', () => {
  it('says what to install', () => {
    const program = `
      import { registerHooks } from 'node:module';
      registerHooks({
        resolve(specifier, context, next) {
          if (specifier === 'apache-arrow') throw Object.assign(new Error('not found'), { code: 'ERR_MODULE_NOT_FOUND' });
          return next(specifier, context);
        },
      });
      const { toRrd } = await import(${JSON.stringify(new URL('../rerun.ts', import.meta.url))});
      const { buildTree } = await import(${JSON.stringify(new URL('../fixtures/build-tree.ts', import.meta.url))});
      await toRrd(buildTree()).catch(({ name, code, packageName, message }) =>
        console.log(JSON.stringify({ name, code, packageName, message })));
    `;
    const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
      encoding: 'utf8',
    });
    expect(JSON.parse(output)).toEqual({
      name: 'MissingPackageError',
      code: 'missing_package',
      packageName: 'apache-arrow',
      message: 'a Rerun recording needs apache-arrow, which is not installed: npm install apache-arrow',
    });
  });
});
