import { dirname } from 'node:path';
import { VisualizerError } from './visualizer-error.ts';

/** What was made could not be written; nothing half is left. */
export class OutputError extends VisualizerError {
  override readonly name = 'OutputError';
  readonly code = 'output_failed';
  readonly path: string;

  constructor(path: string, cause: NodeJS.ErrnoException) {
    super(`cannot write ${path}: ${reason(path, cause)}`, { cause });
    this.path = path;
  }
}

function reason(path: string, { code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ENOENT':
      return `there is no folder ${dirname(path)}, make it first`;
    case 'ENOTDIR':
      return `${dirname(path)} is no folder`;
    case 'EISDIR':
      return 'it is a folder, give the name of a file in it';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'there is no space left, make some or write elsewhere with -o';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'that is not allowed here, write elsewhere with -o';
    default:
      return message;
  }
}
