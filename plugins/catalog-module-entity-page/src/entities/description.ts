/** Characters of a description that fit above the tabs. */
export const LONG_DESCRIPTION = 280;

/** Whether a description is cut off above the tabs. */
export function isLong(description: string | undefined): description is string {
  return description !== undefined && description.length > LONG_DESCRIPTION;
}
