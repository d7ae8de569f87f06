import { CallLogError } from './call-log-error.ts';

/** No run of a folder, or more than one, goes by the name that was given. */
export class RunNotFoundError extends CallLogError {
  override readonly name = 'RunNotFoundError';
  readonly code = 'run_not_found';
  readonly dir: string;
  /** The runs it could be; none, or several. */
  readonly candidates: readonly string[];

  constructor(given: string, dir: string, candidates: readonly string[] = []) {
    const few = candidates.slice(0, 3).join(', ') + (candidates.length > 3 ? ', …' : '');
    super(
      candidates.length > 0
        ? `${candidates.length} runs in ${dir} begin with ${given} (${few}): give more of the id`
        : given === 'latest'
          ? `there are no runs in ${dir}`
          : `no run in ${dir} begins with ${given}: give an id, the beginning of one, "latest" or a path`,
    );
    this.dir = dir;
    this.candidates = candidates;
  }
}
