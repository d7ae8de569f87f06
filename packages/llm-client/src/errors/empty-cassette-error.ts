import { LLMClientError } from './llm-client-error.ts';

/** There is a folder, and no run in it that could answer calls. */
export class EmptyCassetteError extends LLMClientError {
  override readonly name = 'EmptyCassetteError';
  readonly code = 'empty_cassette';

  constructor(folder: string) {
    super(
      `${folder} holds no recorded run: name the folder in which the journals (.jsonl) or trees (.json) are`,
    );
  }
}
