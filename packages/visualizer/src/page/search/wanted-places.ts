/** The places whose byte is 1, in order. */
export function wantedPlaces(matches: Uint8Array): Int32Array {
  let count = 0;
  for (const is of matches) count += is;
  const places = new Int32Array(count);
  let next = 0;
  matches.forEach((is, place) => {
    if (is === 1) places[next++] = place;
  });
  return places;
}
