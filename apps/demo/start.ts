/** Builds what has changed since the last time, quietly, and runs the demo in this very process. */
import { spawn } from 'node:child_process';

const built = await build();
if (built) await import(new URL('./dist/main.js', import.meta.url).href);
else process.exitCode = 1;

/** True when the build is up to date; otherwise what went wrong is on stderr. */
function build(): Promise<boolean> {
  // turbo asks for its task runner on the PATH, which is where pnpm has put it.
  const turbo = spawn(
    'turbo',
    ['run', 'build', '--filter=demo', '--output-logs=errors-only', '--no-update-notifier'],
    {
      cwd: import.meta.dirname,
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
      shell: process.platform === 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [turbo.stdout, turbo.stderr]) stream.on('data', (text) => (output += text));
  const progress = setTimeout(
    () => process.stderr.write('Building the packages, about half a minute …\n'),
    1000,
  );
  return new Promise((resolve) => {
    const done = (ok: boolean, why = '') => {
      clearTimeout(progress);
      if (!ok) process.stderr.write(`${output}the build failed${why}\n`);
      resolve(ok);
    };
    turbo.once('error', (error) => done(false, `: ${error.message}; run this through pnpm ("pnpm demo")`));
    turbo.once('exit', (code) => done(code === 0));
  });
}
