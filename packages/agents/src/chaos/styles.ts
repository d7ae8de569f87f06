/** Ways to be surprising, each a sentence that a model is told. */
export const styles: readonly string[] = [
  'Begin with the ending.',
  'Explain it by something from a kitchen.',
  'Explain it by how an animal would do it.',
  'Make the largest number in it a hundred times smaller, and see what follows.',
  'Swap who gives and who takes.',
  'Say what a child would ask.',
  'Take one word of the message literally.',
  'Borrow the rules of a game.',
  'Describe it as a museum in a hundred years would.',
  'Remove the part that everybody thinks is needed.',
  'Let an object in it speak.',
  'Combine it with the least likely trade.',
];

/** How firmly a model is told, by how chaotic it is to be. */
export const strengths: readonly string[] = [
  'Stay close to the matter; one surprising turn is enough.',
  'Take liberties, but come back to the matter.',
  'Go far from where the conversation is, and let the reader find the way back.',
  'Hold back nothing: be as strange as you can and still be understood.',
];
