import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type OpenAI from 'openai';

type ContentPart =
  | OpenAI.Chat.Completions.ChatCompletionContentPartImage
  | OpenAI.Chat.Completions.ChatCompletionContentPartInputAudio
  | OpenAI.Chat.Completions.ChatCompletionContentPart.File;

/** @see https://platform.openai.com/docs/guides/images-vision#image-input-requirements (read 2026-11-22) */
const IMAGES: ReadonlyMap<string, string> = new Map([
  ['.png', 'image/png'],
  ['.jpg', 'image/jpeg'],
  ['.jpeg', 'image/jpeg'],
  ['.webp', 'image/webp'],
  ['.gif', 'image/gif'],
]);
/** Those that `input_audio` takes, in the types of openai 7.57. */
const AUDIO: ReadonlyMap<string, 'wav' | 'mp3'> = new Map([
  ['.wav', 'wav'],
  ['.mp3', 'mp3'],
]);
/** @see https://platform.openai.com/docs/guides/pdf-files (read 2026-11-22) */
const FILES: ReadonlyMap<string, string> = new Map([['.pdf', 'application/pdf']]);

/**
 * A file of this machine as a part of a message: an image (`png`, `jpg`, `jpeg`, `webp`, `gif`), audio (`wav`, `mp3`) or a
 * document (`pdf`), by the end of its name. It is read whole and goes into the request, and the log, as base64.
 *
 * @throws {RangeError} for another kind of file
 * @throws what `readFile` throws
 */
export async function contentFromFile(path: string | URL): Promise<ContentPart> {
  const filename = basename(path instanceof URL ? fileURLToPath(path) : path);
  const ending = extname(filename).toLowerCase();
  const image = IMAGES.get(ending);
  const format = AUDIO.get(ending);
  const file = FILES.get(ending);
  if (image === undefined && format === undefined && file === undefined) {
    const known = [...IMAGES.keys(), ...AUDIO.keys(), ...FILES.keys()].join(', ');
    throw new RangeError(`${filename} is none of the files that models take (${known})`);
  }
  const data = await readFile(path, 'base64');
  if (format !== undefined) return { type: 'input_audio', input_audio: { data, format } };
  if (image !== undefined) return { type: 'image_url', image_url: { url: `data:${image};base64,${data}` } };
  return { type: 'file', file: { filename, file_data: `data:${file};base64,${data}` } };
}
