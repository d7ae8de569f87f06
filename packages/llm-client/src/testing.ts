export {
  createScriptedClient,
  type ScriptedClient,
  type ScriptedClientOptions,
} from './testing/script/scripted-client.ts';
export type {
  Expected,
  ExpectedCall,
  ScriptedCall,
  ScriptedReply,
  ScriptedStep,
  ScriptedToolCall,
} from './testing/script/scripted-step.ts';
export { StepsLeftError } from './testing/script/steps-left-error.ts';
export { UnexpectedCallError } from './testing/script/unexpected-call-error.ts';
export { createStorm, type StormOptions } from './testing/server/create-storm.ts';
export type { Fault, FaultType, RetryAfter } from './testing/server/fault.ts';
export type { ReceivedRequest } from './testing/server/received-request.ts';
export {
  startTestServer,
  type TestServer,
  type TestServerOptions,
} from './testing/server/start-test-server.ts';
export type { TestAnswer } from './testing/server/test-answer.ts';
