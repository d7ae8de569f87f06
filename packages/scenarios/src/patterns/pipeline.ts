import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';
import { type Gate, workThroughGate } from './gate.ts';
import { checkLimit, checkMembers, isAgentMember } from './member-checks.ts';
import { definePattern, type Member, type Pattern, type PatternResult, type Task } from './pattern.ts';
import { isEnd, toEnd, type Worked, workOn } from './work-on.ts';

/** A stage whose work has to pass a gate before it goes on. */
export interface GatedStage {
  member: Member;
  gate: Gate;
  /** How often it is sent back at most. Default: 2. */
  maxRevisions?: number | undefined;
}

const DEFAULT_MAX_REVISIONS = 2;

/**
 * Each member works on what the one before has made; what the last one makes is the result.
 *
 * It ends early with `empty_answer` when somebody makes nothing, and with `rejected` when work does not pass its gate; the
 * result is then what there is.
 *
 * @throws {InvalidScenarioError} without members, or for a gate or a limit that makes no sense
 */
export function pipeline(stages: readonly (Member | GatedStage)[]): Pattern {
  const given: readonly unknown[] = Array.isArray(stages) ? stages : [];
  const all = given.map((stage) => checkStage(stage as Member | GatedStage));
  checkMembers(
    all.map(({ member }) => member),
    'the pipeline',
  );
  const judges = all.flatMap(({ gate }) => (isAgentMember(gate) ? [gate] : []));
  const members = [...all.map(({ member }) => member), ...judges];
  return definePattern('pipeline', members, async (task, scene): Promise<PatternResult> => {
    let said: Task = task;
    let made: Worked = { content: '', from: task.from };
    for (const { member, gate, maxRevisions } of all) {
      // A stop between two stages leaves what there is.
      if (scene.verdict !== undefined && made.content !== '') return made;
      const next = handedTo(member, said, task);
      const work =
        gate === undefined
          ? await workOn(scene, member, next)
          : await workThroughGate(scene, { member, gate, maxRevisions }, next, task);
      if (isEnd(work)) return toEnd(work, member);
      if (work.reason === 'rejected') return work;
      made = work;
      said = { content: work.content, from: work.from, callId: work.callId };
    }
    return { ...made, reason: undefined, detail: undefined };
  });
}

/** Nobody writes to itself: a member that comes twice in a row gets its work back from whoever gave the task. */
function handedTo(member: Member, said: Task, task: Task): Task {
  return 'id' in member && member.id === said.from ? { ...said, from: task.from } : said;
}

function checkStage(stage: Member | GatedStage) {
  const { member, gate, maxRevisions = DEFAULT_MAX_REVISIONS } = Object(stage) as Partial<GatedStage>;
  if (member === undefined) return { member: stage as Member, gate: undefined, maxRevisions };
  if (typeof gate !== 'function' && !isAgentMember(gate))
    throw new InvalidScenarioError(
      'a gate of the pipeline is neither a function nor an agent, such as a CriticAgent',
    );
  checkLimit('maxRevisions', maxRevisions, 0);
  return { member, gate, maxRevisions };
}
