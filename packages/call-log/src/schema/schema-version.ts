/** Version of the journal and of the tree; a reader of this version reads every lower one. */
export const SCHEMA_VERSION = 1;
