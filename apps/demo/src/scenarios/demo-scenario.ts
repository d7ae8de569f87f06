import type { Scenario } from '@pd/scenarios';
import { z } from 'zod';

/** What every scenario of the demo is given: it is on record, and read from there when the run is resumed. */
export const talkInput = z.object({
  /** What they are to talk about or to work on. */
  topic: z.string().min(1),
  /** Answers in all, at most; without it each scenario has an end of its own. */
  turns: z.number().int().positive().optional(),
});

/** A scenario that can be chosen by its name. */
export interface DemoScenario {
  /** One line for `--scenario list`. */
  about: string;
  /** What it is about when nobody says. The stand-in looks for its tools and names in the words of it. */
  topic: string;
  scenario: Scenario<typeof talkInput>;
}
