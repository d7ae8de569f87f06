import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';
import { checkText } from './check-limit.ts';
import { fromMoments, type StopCondition } from './stop-condition.ts';
import { toVerdict } from './stop-verdict.ts';

/**
 * True when a message contains the text, upper and lower case as given, or matches the expression. A pattern that
 * backtracks without end on hostile text does so here too.
 *
 * @param options `from`: counts only what this agent says. Default: what anybody says
 * @throws {InvalidScenarioError} for an empty text, or what is neither text nor expression
 */
export function textMention(text: string | RegExp, options: { from?: string } = {}): StopCondition {
  const { from } = options;
  if (!(text instanceof RegExp)) checkText('textMention', text);
  else if (text.source === '(?:)')
    throw new InvalidScenarioError('textMention is an empty expression: it is in every text');
  if (from !== undefined) checkText('from of textMention', from);
  const shown = typeof text === 'string' ? JSON.stringify(text) : String(text);
  return fromMoments(({ last }) => {
    if (last === undefined || (from !== undefined && last.from !== from)) return undefined;
    // `search` begins at the first character, whatever flags the expression has and whoever used it before.
    const found = typeof text === 'string' ? last.content.includes(text) : last.content.search(text) !== -1;
    return found ? toVerdict('text_mention', `${last.from} has said ${shown}`) : undefined;
  });
}
