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
