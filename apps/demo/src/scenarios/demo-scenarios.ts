import { refundWithApproval } from './approval.ts';
import { debateWithJudge } from './debate.ts';
import type { DemoScenario } from './demo-scenario.ts';
import { exchangeOfTwo } from './exchange.ts';
import { graphWithLoop } from './graph.ts';
import { chatOfNeighbours } from './group-chat.ts';
import { viewsInParallel } from './parallel.ts';
import { textInStages } from './pipeline.ts';
import { plannedWork } from './plan.ts';
import { roundOfThree } from './round-robin.ts';
import { chosenSpeakers } from './selector.ts';
import { supervisedWorkers } from './supervisor.ts';
import { deskThatHandsOver } from './swarm.ts';

/** What `--scenario` knows, by name. */
export const demoScenarios: ReadonlyMap<string, DemoScenario> = new Map(
  [
    exchangeOfTwo,
    roundOfThree,
    chosenSpeakers,
    chatOfNeighbours,
    debateWithJudge,
    deskThatHandsOver,
    textInStages,
    viewsInParallel,
    supervisedWorkers,
    plannedWork,
    graphWithLoop,
    refundWithApproval,
  ].map((each) => [each.scenario.name, each]),
);
