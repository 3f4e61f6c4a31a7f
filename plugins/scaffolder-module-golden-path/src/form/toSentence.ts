/** A message as it stands alone below a field: with a capital letter and a full stop. */
export function toSentence(message: string): string {
  const sentence =
    message.charAt(0).toLocaleUpperCase('en-US') + message.slice(1);
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}
