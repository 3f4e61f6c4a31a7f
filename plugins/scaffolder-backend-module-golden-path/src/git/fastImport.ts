import { createReadStream } from 'node:fs';

/**
 * A file as it goes into a commit.
 *
 * @internal
 */
export interface CommitFile {
  path: string;
  executable: boolean;
  /** Of Git, for what is no plain file. */
  mode?: string;
  size: number;
  content: Buffer | { absolutePath: string } | { blob: string };
}

/**
 * A commit to write.
 *
 * @internal
 */
export interface CommitRequest {
  branch: string;
  /** The commit it follows; without one, it is the first. */
  parent?: string;
  /** Further parents, of a merge. */
  merged?: string[];
  message: string;
  author: { name: string; email: string };
  date: Date;
  /** Files and folders of the parent that go before the files are added. */
  removed?: string[];
  /** Added to what the parent holds, or in place of it. */
  files: CommitFile[];
  replace?: boolean;
}

/**
 * Puts a commit into the words of `git fast-import`.
 *
 * Unlike `git add`, it reads no attributes and no ignore rules, which the
 * files may bring along: what is committed is, byte for byte, what is there.
 *
 * @internal
 */
export async function* fastImport(
  commit: CommitRequest,
): AsyncGenerator<Buffer> {
  const signature = `${clean(commit.author.name)} <${clean(
    commit.author.email,
  )}> ${Math.floor(commit.date.getTime() / 1000)} +0000`;
  const message = Buffer.from(commit.message);

  yield Buffer.from(
    [
      'feature done',
      `commit refs/heads/${commit.branch}`,
      'mark :1',
      `author ${signature}`,
      `committer ${signature}`,
      `data ${message.length}`,
      '',
    ].join('\n'),
  );
  yield message;
  yield Buffer.from(
    [
      '',
      ...(commit.parent ? [`from ${commit.parent}`] : []),
      ...(commit.merged ?? []).map(parent => `merge ${parent}`),
      ...(commit.replace ? ['deleteall'] : []),
      '',
    ].join('\n'),
  );

  for (const path of commit.removed ?? []) {
    yield Buffer.from(`D ${quote(path)}\n`);
  }
  for (const file of commit.files) {
    const { path, size, content } = file;
    const mode = file.mode ?? (file.executable ? '100755' : '100644');
    if ('blob' in content) {
      yield Buffer.from(`M ${mode} ${content.blob} ${quote(path)}\n`);
      continue;
    }
    yield Buffer.from(`M ${mode} inline ${quote(path)}\ndata ${size}\n`);
    if (Buffer.isBuffer(content)) {
      yield content;
    } else {
      yield* createReadStream(content.absolutePath);
    }
    yield Buffer.from('\n');
  }
  // Answered with the id of the commit
  yield Buffer.from('get-mark :1\ndone\n');
}

/** What would end the signature early has no place in a name. */
function clean(text: string): string {
  return text.replace(/[<>\r\n\0]/g, '').trim();
}

function quote(path: string): string {
  return `"${path
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')}"`;
}
