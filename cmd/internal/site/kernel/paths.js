// The course's files, by the names that they have in a clone.

export const COURSE = "/course/";
export const RUNS = COURSE + ".vaelab/runs/";

/** lasts says whether what a program writes to a path is kept from visit to visit. */
export function lasts(path) {
  return path.startsWith(RUNS) && !path.endsWith(".tmp") && !/(^|\/)(progress\.)?lock$/.test(path);
}
