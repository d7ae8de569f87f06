import { InvalidMemoryInputError } from '../errors/invalid-memory-input-error.ts';

/** The most dimensions of a vector: more than any embedding model gives (4,096 and fewer, 2026-11). */
const MOST_DIMENSIONS = 16_384;

/**
 * A vector of length 1 with the same direction, so that a cosine is no more than a sum of products.
 *
 * @throws {InvalidMemoryInputError} when it is empty, all zero, too long or has a part that is no finite number
 */
export function toUnitVector(vector: readonly number[] | Float32Array): Float32Array {
  if (!(Array.isArray(vector) || vector instanceof Float32Array) || vector.length === 0)
    throw new InvalidMemoryInputError('a vector is an array of numbers that is not empty');
  if (vector.length > MOST_DIMENSIONS)
    throw new InvalidMemoryInputError(`a vector may have ${MOST_DIMENSIONS} numbers; got ${vector.length}`);
  // Divided by the largest first: the squares of very large or small numbers would leave the range.
  let largest = 0;
  for (const value of vector) {
    if (typeof value !== 'number' || !Number.isFinite(value))
      throw new InvalidMemoryInputError('a vector has to be of finite numbers');
    largest = Math.max(largest, Math.abs(value));
  }
  if (largest === 0)
    throw new InvalidMemoryInputError('a vector of zeros has no direction and cannot be compared');
  let squares = 0;
  for (const value of vector) squares += (value / largest) ** 2;
  const length = Math.sqrt(squares);
  return Float32Array.from(vector, (value) => value / largest / length);
}

/** The cosine of two vectors of length 1 with as many dimensions. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return Math.max(-1, Math.min(1, sum));
}
