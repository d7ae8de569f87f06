/** Answers as one text, each under the id of whoever has given it. */
export function inWords(answers: readonly { from: string; content: string }[]): string {
  return answers.map(({ from, content }) => `${from}:\n${content}`).join('\n\n');
}
