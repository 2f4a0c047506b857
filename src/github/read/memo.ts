/** Remembers at most so many values; the one unused for longest makes place. */
export const createMemo = <V>(size: number) => {
  const kept = new Map<string, V>();
  return {
    get(key: string): V | undefined {
      const value = kept.get(key);
      if (value !== undefined) {
        kept.delete(key);
        kept.set(key, value);
      }
      return value;
    },
    set(key: string, value: V): void {
      kept.delete(key);
      kept.set(key, value);
      const [oldest] = kept.keys();
      if (kept.size > size && oldest !== undefined) kept.delete(oldest);
    },
    delete(key: string): void {
      kept.delete(key);
    },
    deleteWhere(matches: (value: V) => boolean): void {
      for (const [key, value] of kept) if (matches(value)) kept.delete(key);
    },
    values(): V[] {
      return [...kept.values()];
    },
    clear(): void {
      kept.clear();
    },
  };
};

export type Memo<V> = ReturnType<typeof createMemo<V>>;
