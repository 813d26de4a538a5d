const MOST_ENTRIES = 10_000;

/**
 * Remembers what `load` found for at most `milliseconds`; concurrent questions share one look-up, failures are not remembered.
 * Nothing found is remembered too: nobody floods the database with keys that do not exist.
 */
export function timedCache<T>(
  milliseconds: number,
  load: (key: string) => Promise<T>,
  now: () => number = () => performance.now(),
): (key: string) => Promise<T> {
  const entries = new Map<string, { until: number; value: Promise<T> }>();
  return (key) => {
    const known = entries.get(key);
    if (known && now() < known.until) return known.value;
    if (entries.size >= MOST_ENTRIES) entries.clear();
    const value = load(key);
    const entry = { until: now() + milliseconds, value };
    entries.set(key, entry);
    value.catch(() => {
      if (entries.get(key) === entry) entries.delete(key);
    });
    return value;
  };
}
