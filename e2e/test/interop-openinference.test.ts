import { OpenAIInstrumentation } from '@arizeai/openinference-instrumentation-openai';
import { test } from 'vitest';
import { temporaryFolder } from '../src/temporary-folder.ts';
import { runTracedProgram } from '../src/traced-openai.ts';
import { expectTraced } from '../src/traced-openai-test.ts';

const dir = temporaryFolder();

test('what @arizeai/openinference-instrumentation-openai traces is on record', async () => {
  expectTraced(await runTracedProgram(dir, new OpenAIInstrumentation()));
});
