/**
 * lasting gives a function that makes something when it is first asked, and gives the same from then on. What couldn't be made is tried
 * again the next time.
 */
export function lasting(make) {
  let made;
  return () => {
    made ??= make().catch((e) => {
      made = undefined;
      throw e;
    });
    return made;
  };
}
