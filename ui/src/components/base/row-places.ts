/** Returns where each row begins, and last where the list ends, in pixels from its top. */
export function placesOf(
  rows: readonly { id: string }[],
  heights: ReadonlyMap<string, number>,
  estimate: number,
): Float64Array {
  const places = new Float64Array(rows.length + 1);
  let end = 0;
  rows.forEach(({ id }, at) => {
    end += heights.get(id) ?? estimate;
    places[at + 1] = end;
  });
  return places;
}

/** Returns the row at this distance from the top of the list: the first or last one beyond it. */
export function rowAt(places: Float64Array, distance: number): number {
  let low = 0;
  let high = Math.max(0, places.length - 2);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((places[middle] ?? 0) <= distance) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Returns the rows from one distance to another, together with these other ones, in order. */
export function rowsNear(
  places: Float64Array,
  from: number,
  to: number,
  others: readonly number[],
): number[] {
  const count = places.length - 1;
  if (count === 0) return [];
  const first = rowAt(places, from);
  const last = rowAt(places, to);
  const near = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  const away = others.filter((at) => at >= 0 && at < count && (at < first || at > last));
  return [...new Set([...near, ...away])].sort((one, other) => one - other);
}

/** Returns the middle one of these heights, which is that of a usual row. */
export function usualHeight(heights: readonly number[]): number {
  const sorted = heights.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
