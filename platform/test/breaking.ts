import type { Tx } from '../db/tenant.ts';

/** A transaction that breaks at its nth statement. */
export function breaking(tx: Tx, at: number): { tx: Tx; statements: () => number } {
  let count = 0;
  const broken = new Proxy(tx, {
    get(target, property) {
      if (property !== 'query') return Reflect.get(target, property);
      return (text: string, values?: readonly unknown[]) => {
        if (++count === at) throw new Error('broken');
        return target.query(text, values);
      };
    },
  });
  return { tx: broken, statements: () => count };
}
