/**
 * Catches what the reader's browser would save: what becomes of it is beyond jsdom.
 *
 * @returns the names of the files so far
 */
export function catchDownloads(): string[] {
  const names: string[] = [];
  URL.createObjectURL = () => 'blob:file';
  URL.revokeObjectURL = () => {};
  jest
    .spyOn(HTMLAnchorElement.prototype, 'click')
    .mockImplementation(function click(this: HTMLAnchorElement) {
      names.push(this.download);
    });
  return names;
}
