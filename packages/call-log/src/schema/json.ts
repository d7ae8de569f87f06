import { z } from 'zod';

/** Any JSON value. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** A JSON object whose fields are nobody's business but the caller's. */
export const jsonObjectSchema = z.record(z.string(), z.json());
export type JsonObject = { [key: string]: JsonValue };
