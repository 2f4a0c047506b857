import { isGlob, matcher } from "../glob.ts";

/** Without one of these characters a name is only a name. */
export const isEnvironmentGlob = (name: string): boolean => /[*?[\]]/.test(name) && isGlob(name, "name");

/** Whether an item's environment speaks of this one. GitHub does not tell `Staging` from `staging`. */
export function namesEnvironment(pattern: string, environment: string): boolean {
  const [wanted, given] = [pattern.toLowerCase(), environment.toLowerCase()];
  return wanted === given || (isEnvironmentGlob(pattern) && matcher([wanted], "name")(given));
}
