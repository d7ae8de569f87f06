import { useEffect, useState } from 'preact/hooks';

/** What stands at a place of a list: there, or why it is not. */
export interface Body<T> {
  place: number;
  value?: T;
  error?: string;
}

/** The whole of a call or a message, opened when it is asked for; `undefined` until it is there. */
export function useBody<T>(
  list: { at(place: number): Promise<T | undefined> },
  place: number | undefined,
): Body<T> | undefined {
  const [body, setBody] = useState<Body<T>>();
  useEffect(() => {
    if (place === undefined) return;
    let isWanted = true;
    list.at(place).then(
      (value) => isWanted && setBody(value === undefined ? { place } : { place, value }),
      (error) => isWanted && setBody({ place, error: String(error) }),
    );
    return () => {
      isWanted = false;
    };
  }, [list, place]);
  return body?.place === place ? body : undefined;
}
