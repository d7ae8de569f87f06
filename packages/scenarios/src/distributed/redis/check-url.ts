import { InvalidDistributedOptionError } from '../errors/invalid-distributed-option-error.ts';

/** The URL may have a password in it and is never shown. @throws {InvalidDistributedOptionError} when it is none */
export function checkURL(url: unknown): asserts url is string {
  const parsed = typeof url === 'string' ? URL.parse(url) : null;
  if ((parsed?.protocol !== 'redis:' && parsed?.protocol !== 'rediss:') || parsed.hostname === '')
    throw new InvalidDistributedOptionError('redis must be a URL: redis://host:port or rediss://host:port');
  if (!/^\/?\d*$/.test(parsed.pathname))
    throw new InvalidDistributedOptionError(
      'the path of a Redis URL is the number of a database, such as /1',
    );
}
