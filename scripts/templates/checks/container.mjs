import { createRequire } from 'node:module';
import { assertNone } from '../lib/reporter.mjs';

const dockerfilelint = createRequire(import.meta.url)('dockerfilelint');

/** How the image is built. */
export async function checkContainer({ files, reporter }) {
  const source = files.text('Dockerfile');
  const instructions = source
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter(line => /^[A-Z]+ /.test(line));

  await reporter.check('dockerfilelint finds nothing', () => {
    const found = dockerfilelint.run(files.directory, source);
    assertNone(
      Object.values(found)
        .flat()
        .map(
          ({ line, title, description }) =>
            `Dockerfile:${line}: ${title}. ${description}`,
        ),
    );
  });

  await reporter.check('stages, digests, a user that is not root', () => {
    const problems = [];
    const images = instructions.filter(line => line.startsWith('FROM '));
    if (images.length < 2) {
      problems.push('there is one stage only');
    }
    for (const image of images) {
      if (
        !/^FROM [\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}( AS \w+)?$/.test(image)
      ) {
        problems.push(`not a tag with its digest: ${image}`);
      }
    }
    const final = instructions.slice(instructions.lastIndexOf(images.at(-1)));
    const user = final.find(line => line.startsWith('USER '));
    if (!/^USER [1-9]\d*:[1-9]\d*$/.test(user ?? '')) {
      problems.push(
        `the last stage runs as ${user ?? 'whoever the base says'}`,
      );
    }
    const copies = instructions.filter(
      line => line.startsWith('COPY ') && !line.includes('--from'),
    );
    for (const line of copies) {
      for (const path of line.split(' ').slice(1, -1)) {
        if (!files.has(path)) {
          problems.push(`${path} is copied and not there`);
        }
        if (!ignoresAllBut(files.text('.dockerignore')).has(path)) {
          problems.push(`${path} is copied and kept out by .dockerignore`);
        }
      }
    }
    assertNone(problems);
  });
}

function ignoresAllBut(source) {
  return new Set(
    source
      .split('\n')
      .filter(line => line.startsWith('!'))
      .map(line => line.slice(1)),
  );
}
