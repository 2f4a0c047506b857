import { webcrypto } from "node:crypto";

/**
 * How many tokens are being signed. That happens on another thread, where nothing else shows that the app is busy,
 * so those who wait for it to come to rest have to count.
 */
export const signing = { count: 0 };

type Job = (this: unknown, ...given: unknown[]) => Promise<unknown>;

const subtle = Object.getPrototypeOf(webcrypto.subtle) as Record<string, Job>;
for (const name of ["importKey", "sign"] as const) {
  const original = subtle[name] as Job;
  const counted: Job = function (this: unknown, ...given) {
    signing.count++;
    return original.apply(this, given).finally(() => signing.count--);
  };
  Object.defineProperty(subtle, name, { value: counted, configurable: true, writable: true });
}
