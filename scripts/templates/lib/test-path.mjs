import { join } from 'node:path';
import { findProblems } from '../checks/index.mjs';
import { checkDelivery } from '../checks/delivery.mjs';
import { checkCatalog } from '../checks/portal.mjs';
import { checkProject } from '../checks/project.mjs';
import { checkProvenance } from '../checks/provenance.mjs';
import { checkSnapshot } from '../checks/snapshot.mjs';
import { Files } from './files.mjs';
import { renderRepository } from './render.mjs';

/**
 * Renders one golden path with all its answers and checks what came out.
 *
 * @returns promises: `rendered`, once nothing of it is rendered any more;
 * `exported`, the metrics of its service; `ended`
 */
export function testPath(options) {
  const { path, figures } = options;
  const started = Date.now();
  const trials = path.matrix.map(answers => {
    const rendered = Promise.withResolvers();
    const exported = Promise.withResolvers();
    const ended = testAnswers({ ...options, answers, rendered, exported });
    return {
      rendered: rendered.promise,
      exported: answers.project ? exported.promise : undefined,
      ended: ended.finally(() => {
        rendered.resolve();
        exported.resolve();
      }),
    };
  });
  return {
    rendered: Promise.all(trials.map(({ rendered }) => rendered)),
    exported: trials.find(({ exported }) => exported)?.exported,
    ended: Promise.all(trials.map(({ ended }) => ended)).then(() => {
      figures.seconds = Math.round((Date.now() - started) / 1000);
    }),
  };
}

async function testAnswers({ rendered, exported, ...options }) {
  const { path, answers, portal, reporter, scratch, slots, figures } = options;
  const section = reporter.section(`${path.name}: ${answers.title}`);
  const directory = join(scratch, answers.values.name);
  try {
    const made = await slots.render(
      () =>
        section.check('run, publish, clone', () =>
          renderRepository({ path, answers, portal, directory }),
        ),
      // Its pipeline is what takes the time
      { first: answers.project },
    );
    rendered.resolve();
    if (!made) {
      return;
    }
    const context = {
      ...options,
      reporter: section,
      files: new Files(directory),
      home: join(scratch, 'home', path.name),
    };
    if (answers.snapshot) {
      await checkSnapshot(context);
    }
    await checkProvenance(context);
    await checkCatalog(context);
    if (path.parts.includes('delivery')) {
      await checkDelivery(context);
    }
    if (answers.project && options.withProject) {
      context.exported = await slots.project(() => checkProject(context));
      exported.resolve(context.exported);
    }
    const { counts } = await checkFiles(context);
    if (answers.snapshot) {
      Object.assign(figures, counts, { files: context.files.paths.length });
    }
  } finally {
    section.end();
  }
}

/** The checks of the files as one line, and a line for each that finds something. */
async function checkFiles(context) {
  const { reporter } = context;
  const found = await findProblems(context);
  const held = found.results.filter(({ problems }) => problems.length === 0);
  reporter.passed(held.length, `${held.length} promises of the files`);
  for (const { name, problems } of found.results) {
    if (problems.length > 0) {
      await reporter.check(name, () => {
        throw new Error(problems.slice(0, 20).join('\n'));
      });
    }
  }
  return found;
}
