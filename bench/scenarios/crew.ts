import { SimpleAgent } from '@pd/agents';
import { type Answer, definePattern, defineScenario } from '@pd/scenarios';
import { z } from 'zod';

/** Agents in the crew; all of them are asked at the same time, then all with what came of that. */
const AGENTS = 20;
/** So many of the last questions and answers an agent sees. */
const SEEN = 8;

/** A scenario of so many calls as are asked of it, with histories that stay short; told when it begins to make its agents. */
export const crew = (begun: () => void = () => {}) =>
  defineScenario({
    name: 'crew',
    input: z.object({ rounds: z.int() }),
    create({ client, input }) {
      begun();
      const agents = Array.from(
        { length: AGENTS },
        (_, i) =>
          new SimpleAgent({ id: `agent-${i}`, client, systemPrompt: `You are number ${i} of a crew.` }),
      );
      const pattern = definePattern('crew', agents, async (task, scene) => {
        const seen = agents.map(() => [] as { role: 'user' | 'assistant'; content: string }[]);
        let answers: Answer[] = [];
        for (let round = 1; round <= input.rounds; round++) {
          const last = answers[round % AGENTS]?.content ?? '';
          const content = `Round ${round}. ${task.content} ${last.slice(0, 100)}`;
          answers = await Promise.all(
            agents.map((agent, i) => scene.ask(agent, { from: task.from, content, history: seen[i] })),
          );
          for (const [i, answer] of answers.entries())
            seen[i] = [
              ...(seen[i] ?? []),
              { role: 'user' as const, content },
              { role: 'assistant' as const, content: answer.content },
            ].slice(-SEEN);
        }
        return { content: answers.map((answer) => answer.content).join('\n') };
      });
      return { pattern, task: 'What does the bridge need next?', progress: false };
    },
  });

/** Calls of a round. */
export const CALLS_A_ROUND = AGENTS;
