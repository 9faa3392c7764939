/** What has a name and cannot be begun before others are done. */
export interface Ordered {
  readonly name: string;
  readonly needs: readonly string[];
}

/**
 * Works on everything in its order, as much at a time as the order and `atOnce` allow. After the first failure nothing
 * new is begun; what goes on is its caller's to end.
 */
export const inOrder = async <T extends Ordered>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const names = new Set(items.map(({ name }) => name));
  const waiting = new Set(items);
  const done = new Set<string>();
  const running = new Map<string, Promise<void>>();
  const isReady = ({ needs }: T): boolean => needs.every((need) => done.has(need) || !names.has(need));

  while (waiting.size > 0 || running.size > 0) {
    for (const item of waiting) {
      if (running.size >= atOnce || !isReady(item)) continue;
      waiting.delete(item);
      const { name } = item;
      running.set(
        name,
        work(item).then(() => {
          running.delete(name);
          done.add(name);
        }),
      );
    }
    if (running.size === 0)
      throw new Error(`these need each other: ${[...waiting].map(({ name }) => name).join(', ')}`);
    await Promise.race(running.values());
  }
};

/** The way back: what needed another now comes before it. */
export const reversed = <T extends Ordered>(items: readonly T[]): readonly (T & Ordered)[] =>
  items
    .map((item) => ({ ...item, needs: items.filter(({ needs }) => needs.includes(item.name)).map(({ name }) => name) }))
    .reverse();
