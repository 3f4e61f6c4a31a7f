import { createRequire } from 'node:module';

const dockerfilelint = createRequire(import.meta.url)('dockerfilelint');

const instructionsOf = files =>
  files
    .text('Dockerfile')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter(line => /^[A-Z]+ /.test(line));

/** A tag for people, and the digest that cannot move. */
const pinned = /^[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$/;

/** How the image is built. */
export const containerChecks = [
  {
    name: 'dockerfilelint finds nothing',
    part: 'container',
    find: ({ files }) =>
      Object.values(
        dockerfilelint.run(files.directory, files.text('Dockerfile')),
      )
        .flat()
        .map(
          ({ line, title, description }) =>
            `Dockerfile:${line}: ${title}. ${description}`,
        ),
  },
  {
    name: 'images are pinned by digest',
    part: 'container',
    find({ files, count }) {
      const stages = new Set();
      return instructionsOf(files).flatMap(line => {
        const [, from, stage] =
          /^FROM (?:--\S+ )*(\S+)(?: AS (\S+))?$/.exec(line) ?? [];
        const [, source] = /^COPY .*--from=(\S+)/.exec(line) ?? [];
        const image = from ?? source;
        if (image === undefined || stages.has(image)) {
          return [];
        }
        stages.add(stage);
        count('images', 1);
        return pinned.test(image) ? [] : [`not a tag with its digest: ${line}`];
      });
    },
  },
  {
    name: 'what builds the image stays out of it',
    part: 'container',
    find: ({ files }) =>
      instructionsOf(files).filter(line => line.startsWith('FROM ')).length < 2
        ? ['there is one stage only']
        : [],
  },
  {
    name: 'the image does not run as root',
    part: 'container',
    find({ files }) {
      const instructions = instructionsOf(files);
      const last = instructions.findLastIndex(line => line.startsWith('FROM '));
      const user = instructions
        .slice(last)
        .findLast(line => line.startsWith('USER '));
      return /^USER [1-9]\d*:[1-9]\d*$/.test(user ?? '')
        ? []
        : [`the last stage runs as ${user ?? 'whoever the base says'}`];
    },
  },
  {
    name: 'what the image copies is there',
    part: 'container',
    find({ files }) {
      const kept = new Set(
        files
          .text('.dockerignore')
          .split('\n')
          .filter(line => line.startsWith('!'))
          .map(line => line.slice(1).replace(/\/$/, '')),
      );
      return instructionsOf(files)
        .filter(line => line.startsWith('COPY ') && !line.includes('--from'))
        .flatMap(line =>
          line
            .split(' ')
            .slice(1, -1)
            .filter(word => !word.startsWith('--'))
            .map(word => word.replace(/\/$/, ''))
            .flatMap(path => [
              ...(files.has(path) ? [] : [`${path} is copied and not there`]),
              ...(kept.has(path)
                ? []
                : [`${path} is copied and kept out by .dockerignore`]),
            ]),
        );
    },
  },
];
