/** Long enough for every browser to have begun with it. */
const KEPT = 60_000;

/** Hands a file to the reader's browser, which puts it where downloads go. @public */
export function saveFile(file: File): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT);
}
