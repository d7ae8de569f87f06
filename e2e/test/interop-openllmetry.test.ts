import { OpenAIInstrumentation } from '@traceloop/instrumentation-openai';
import { test } from 'vitest';
import { temporaryFolder } from '../src/temporary-folder.ts';
import { runTracedProgram } from '../src/traced-openai.ts';
import { expectTraced } from '../src/traced-openai-test.ts';

const dir = temporaryFolder();

test('what @traceloop/instrumentation-openai traces is on record', async () => {
  expectTraced(await runTracedProgram(dir, new OpenAIInstrumentation()));
});
