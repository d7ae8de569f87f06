/** How a goal is to be reached. A plan from `PlannerAgent` can be carried out: nothing waits for itself or for nothing. */
export interface Plan {
  steps: readonly PlanStep[];
}

/** One step of a plan. */
export interface PlanStep {
  id: string;
  /** What is to be done, for whoever does it. */
  task: string;
  /** Id of the agent who is to do it; absent when the plan was made without owners. */
  owner?: string | undefined;
  /** Ids of the steps that have to be done before. */
  dependsOn: readonly string[];
}
