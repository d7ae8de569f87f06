import { ApiError } from './api-error.ts';
import { type OfflineConversation, recordedModels } from './recorded.ts';

/** The model that is listed when there is no recorded conversation. */
export const defaultModel = 'stand-in-1';

/** A model in OpenAI's shape. */
export interface Model {
  id: string;
  object: 'model';
  created: number;
  owned_by: 'projectdeux-offline';
}

/** Which models a server has. */
export interface Models {
  list(): Model[];
  /** The model of that id. Throws a 404 `model_not_found` when there is none. */
  get(id: string): Model;
}

/** `recorded/<speaker>` for each speaker, or else `stand-in-1`. Anything that begins with `stand-in` is served. */
export function createModels(conversation: OfflineConversation | undefined, created: number): Models {
  const listed = conversation === undefined ? [defaultModel] : recordedModels(conversation);
  const known = new Set(listed);
  const toModel = (id: string): Model => ({ id, object: 'model', created, owned_by: 'projectdeux-offline' });
  return {
    list: () => listed.map(toModel),
    get(id) {
      if (known.has(id) || id.startsWith('stand-in')) return toModel(id);
      throw new ApiError(404, `The model '${id}' does not exist here. Available: ${listed.join(', ')}.`, {
        param: 'model',
        code: 'model_not_found',
      });
    },
  };
}
