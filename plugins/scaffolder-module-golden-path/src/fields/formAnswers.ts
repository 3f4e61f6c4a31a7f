/**
 * The form's other answers. The scaffolder hands them to every field as
 * `formContext.formData`; other forms may not, so nothing is taken for granted.
 *
 * @internal
 */
export function readAnswer(
  formContext: unknown,
  field: string,
): string | undefined {
  const answers = (
    formContext as { formData?: Record<string, unknown> } | undefined
  )?.formData;
  const answer = answers?.[field];
  return typeof answer === 'string' && answer !== '' ? answer : undefined;
}
