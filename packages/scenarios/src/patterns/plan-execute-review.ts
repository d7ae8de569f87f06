import type { Agent } from '@pd/agents';
import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';
import { carryOut, type Executing, type StepResult } from './carry-out.ts';
import { type Complaint, inRetrospect, judgeWork } from './judge-work.ts';
import { byName, checkLimit, checkMembers, isAgentMember } from './member-checks.ts';
import { definePattern, type Member, type Pattern, type PatternResult, type Task } from './pattern.ts';
import { type OwnedStep, readPlan } from './read-plan.ts';
import { toWhole, workOf } from './work-of-steps.ts';
import { toEnd, workOn } from './work-on.ts';

export interface PlanExecuteReviewOptions {
  /** Makes the plan: a `PlannerAgent`, or an agent that answers in the same form. */
  planner: Agent;
  /** Do the steps: agents by their ids or roles, patterns by their names. */
  executors: readonly Member[];
  /** Judges the work: a `CriticAgent`, or an agent that answers in the same form. Default: work is done when its steps are. */
  critic?: Agent | undefined;
  /** Helps where a step needs an answer. Without one the scenario ends as `waiting`. */
  person?: Agent | undefined;
  /** What happens to work that does not pass: a new plan is made, or the same steps are done again. Default: `replan`. */
  onRejected?: 'replan' | 'redo' | undefined;
  /** How often it is tried: plans that cannot be carried out, steps that fail, work that does not pass. Default: 3. */
  maxRounds?: number | undefined;
  /** How often a step may ask the person. Default: 3. */
  maxQuestions?: number | undefined;
  /** How many steps are worked on at the same time. Default: all that can. */
  concurrency?: number | undefined;
}

const DEFAULT_MAX_ROUNDS = 3;
const DEFAULT_MAX_QUESTIONS = 3;

/**
 * One makes a plan, others do its steps, as many at the same time as do not depend on each other, and a critic judges the
 * work. A result goes, as a message, to whoever does a step that depends on it, and to the critic; results of steps that
 * failed go to the planner.
 *
 * It ends with `done`; or with what there is and `no_plan` (the plan is a circle, has no steps, or an owner who does not
 * exist), `step_failed` or `rejected` after the last round; or with `waiting`, when a step needs help and there is no person.
 *
 * @throws {InvalidScenarioError} for members that are missing or none, and for limits that make no sense
 */
export function planExecuteReview(options: PlanExecuteReviewOptions): Pattern {
  const given = Object(options) as PlanExecuteReviewOptions;
  const { planner, executors, critic, person, onRejected = 'replan' } = given;
  const { maxRounds = DEFAULT_MAX_ROUNDS, maxQuestions = DEFAULT_MAX_QUESTIONS } = given;
  const { concurrency = Number.POSITIVE_INFINITY } = given;
  const roles = { planner, critic, person };
  for (const [role, agent] of Object.entries(roles))
    if (!isAgentMember(agent) && (role === 'planner' || agent !== undefined))
      throw new InvalidScenarioError(`${role} of planExecuteReview has to be an agent`);
  checkMembers(executors, 'planExecuteReview');
  byName(executors, 'executors');
  checkLimit('maxRounds', maxRounds);
  checkLimit('maxQuestions', maxQuestions, 0);
  checkLimit('concurrency', concurrency);
  if (onRejected !== 'replan' && onRejected !== 'redo')
    throw new InvalidScenarioError(`onRejected is ${String(onRejected)}: give replan or redo`);
  const others = [critic, person].filter((agent) => agent !== undefined);
  const members = [planner, ...executors, ...others];

  return definePattern('planExecuteReview', members, async (task, scene): Promise<PatternResult> => {
    const executing: Executing = { goal: task.content, person, maxQuestions, concurrency };
    let said: Task = task;
    let steps: readonly OwnedStep[] | undefined;
    let results: readonly StepResult[] = [];
    for (let round = 1; ; round++) {
      let complaint: Complaint | undefined;
      let made: Task = said;
      if (steps === undefined) {
        const plan = await workOn(scene, planner, said);
        const { stopReason } = plan.reply ?? {};
        if (plan.content.trim() === '' && stopReason !== 'invalid_object') return toEnd(plan, planner);
        const read = readPlan(plan, executors);
        made = { content: plan.content, from: planner.id, callId: plan.callId };
        if ('steps' in read) steps = read.steps;
        else complaint = { reason: 'no_plan', content: read.fault, from: task.from };
      }
      if (steps !== undefined) {
        if (scene.verdict !== undefined) return workOf(results, steps);
        results = await carryOut(scene, steps, made, executing);
        const helpless = results.find(({ status }) => status === 'need_help');
        if (helpless !== undefined) {
          if (helpless.from !== task.from) scene.tell(task.from, helpless);
          const detail = `${helpless.from} needs help with step ${helpless.id}: ${helpless.content}`;
          return { ...workOf(results, steps), reason: 'waiting', detail };
        }
        complaint = await judgeWork(scene, { critic, planner, task, results, steps });
        if (complaint === undefined) return toWhole(scene, results, steps, task);
      }
      if (complaint === undefined || scene.verdict !== undefined) return workOf(results, steps ?? []);
      if (round === maxRounds)
        return { ...workOf(results, steps ?? []), reason: complaint.reason, detail: complaint.content };
      if (onRejected === 'redo' && complaint.reason === 'rejected') {
        executing.feedback = complaint.content;
        said = { ...made, from: complaint.from, callId: complaint.callId };
      } else {
        steps = undefined;
        said = { ...complaint, content: `Goal: ${task.content}\n\n${inRetrospect(complaint, results)}` };
      }
    }
  });
}
