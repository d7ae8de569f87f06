/**
 * How far a reference to a stored message reaches back: a segment names by its hash alone only one of the last this
 * many messages that it has stored. Bounds what writers and readers have to remember.
 */
export const MESSAGE_REACH = 20_000;
