import { isFields } from '../fields.ts';
import { wordsOf } from '../keywords.ts';

/** The schema of a tool's arguments without the optional ones that the request has nothing to say about. */
export function neededArguments(parameters: unknown, request: string): unknown {
  if (!isFields(parameters) || !isFields(parameters.properties)) return parameters;
  const required = new Set(Array.isArray(parameters.required) ? parameters.required : []);
  const asked = new Set(wordsOf(request));
  const isNamed = (text: unknown) => wordsOf(String(text).replace(/_/g, ' ')).some((word) => asked.has(word));
  const properties = Object.entries(parameters.properties).filter(([key, property]) => {
    const options: unknown[] = isFields(property) && Array.isArray(property.enum) ? property.enum : [];
    return required.has(key) || isNamed(key) || options.some(isNamed);
  });
  return { ...parameters, properties: Object.fromEntries(properties) };
}
