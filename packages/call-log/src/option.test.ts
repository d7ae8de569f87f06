import { expect, it } from 'vitest';
import { useTempDir } from '../test/helpers.ts';
import { createCallLog } from './call-log.ts';
import type { CallLogOptions } from './call-log-contract.ts';
import { InvalidOptionError } from './errors/invalid-option-error.ts';

const tempDir = useTempDir();
const create = (options: unknown) => () =>
  createCallLog({ dir: tempDir(), tree: false, ...(options as CallLogOptions) });

it.each([
  [{ redact: true }, 'redact must be an object with secrets and patterns, or false; it is boolean'],
  [{ redact: null }, 'redact must be an object with secrets and patterns, or false; it is null'],
  [{ redact: ['hunter2'] }, 'redact must be an object with secrets and patterns, or false; it is a list'],
  [{ redact: 'hunter2' }, 'redact must be an object with secrets and patterns, or false; it is string'],
  [
    { redact: { secret: ['hunter2'] } },
    'redact must be an object with secrets and patterns only; it has secret',
  ],
  [{ redact: { secrets: 'hunter2' } }, 'redact.secrets must be a list, each element a string; it is string'],
  [{ redact: { secrets: ['a', undefined] } }, 'redact.secrets[1] must be a string; it is undefined'],
  [{ redact: { secrets: [undefined] } }, 'redact.secrets[0] must be a string; it is undefined'],
  [{ redact: { patterns: ['hunter2'] } }, 'redact.patterns[0] must be a regular expression; it is string'],
  [
    { redact: { patterns: [{ source: 'a', flags: '' }] } },
    'redact.patterns[0] must be a regular expression; it is object',
  ],
  [{ captureContent: 'false' }, 'captureContent must be true or false; it is string'],
  [{ captureContent: null }, 'captureContent must be true or false; it is null'],
  [{ progressMs: -1 }, 'progressMs must be milliseconds, or false; it is number'],
  [{ progressMs: true }, 'progressMs must be milliseconds, or false; it is boolean'],
])('%j is refused when the log is created, without its value', (options, message) => {
  expect(create(options)).toThrow(InvalidOptionError);
  expect(create(options)).toThrow(message);
  expect(message).not.toContain('hunter2');
});

it.each([
  {},
  { redact: undefined, captureContent: undefined, progressMs: undefined },
  { redact: { secrets: [''], patterns: [] } },
  { redact: false, captureContent: true, progressMs: false },
])('%j is accepted', async (options) => {
  await create(options)().close();
});
