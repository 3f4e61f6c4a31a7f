/**
 * What the links and pictures of a Markdown text lead to within the repository;
 * addresses of other places are left out.
 *
 * @returns {{ path: string, anchor: string | undefined }[]} `path` is empty for
 * a link within the page
 */
export function localLinks(source) {
  return [
    ...withoutCode(source).matchAll(/(?<!\\)\[[^\]\n]*(?<!\\)\]\(([^)\s]+)\)/g),
  ]
    .map(([, target]) => target)
    .filter(target => !/^[a-z]+:/.test(target))
    .map(target => {
      const [path, anchor] = target.split('#');
      return { path, anchor };
    });
}

/** The anchors of headings, as GitHub, Gitea and MkDocs make them for plain words. */
export function anchors(source) {
  return new Set(
    [...source.replaceAll(codeBlocks, '').matchAll(/^#{1,6} (.+)$/gm)].map(
      ([, heading]) =>
        heading
          .trim()
          .toLowerCase()
          .replaceAll(/[^\w\- ]/g, '')
          .replaceAll(' ', '-'),
    ),
  );
}

const codeBlocks = /^```[\s\S]*?^```/gm;

function withoutCode(source) {
  return source.replaceAll(codeBlocks, '').replaceAll(/(?<!\\)`[^`\n]*`/g, '');
}

/** The pages in the `nav` of a mkdocs.yml, in its order, whatever their depth. */
export function navPages(nav) {
  return nav.flatMap(entry => {
    const value = typeof entry === 'string' ? entry : Object.values(entry)[0];
    return Array.isArray(value) ? navPages(value) : [value];
  });
}
