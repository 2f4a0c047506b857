import type { Read } from "../../domain/problem.ts";

/** All values, or the first problem among them. */
export const together = <T extends readonly unknown[]>(
  parts: { readonly [K in keyof T]: Read<T[K]> },
): Read<T> => {
  const values: unknown[] = [];
  for (const part of parts as readonly Read<unknown>[]) {
    if (!part.ok) return part;
    values.push(part.value);
  }
  return { ok: true, value: values as unknown as T };
};
