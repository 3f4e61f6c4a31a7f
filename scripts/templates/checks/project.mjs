import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { assertNone } from '../lib/reporter.mjs';
import { cleanEnvironment, run } from '../lib/run.mjs';
import { ServiceUnderTest } from '../lib/service-under-test.mjs';

/** The generated project's own pipeline, and the service it makes. */
export async function checkProject({
  path,
  files,
  reporter,
  scratch,
  observed,
}) {
  const { project } = path;
  const home = join(scratch, 'home');
  mkdirSync(home, { recursive: true });
  const env = cleanEnvironment(home);
  const cwd = files.directory;

  const installed = await reporter.check(
    `${project.install.flat().join(' ')}`,
    async () => {
      await run(...project.install, { cwd, env });
      return `${Math.round(sizeOf(join(cwd, 'node_modules')) / 1e6)} MB`;
    },
  );
  if (!installed) {
    return;
  }
  let passed = true;
  for (const stage of project.stages) {
    passed =
      (await reporter.check(
        stage,
        async () => void (await run(stage, [], { cwd, env })),
      )) && passed;
  }
  await reporter.check('reports of the tests and their coverage', () => {
    assertNone(
      project.reports
        .filter(report => !existsSync(join(cwd, report)))
        .map(report => `${report} is missing`),
    );
    const { lines } = JSON.parse(
      readFileSync(join(cwd, 'coverage/coverage-summary.json'), 'utf8'),
    ).total;
    if (lines.total === 0 || lines.pct < project.minimumCoverage) {
      throw new Error(`${lines.pct} % of ${lines.total} lines`);
    }
    return `${lines.pct} % of ${lines.total} lines`;
  });
  await reporter.check('the pipeline leaves nothing to commit', async () => {
    const changes = await run('git', ['status', '--porcelain'], { cwd, env });
    assertNone(changes.split('\n').filter(Boolean));
  });
  if (passed) {
    await checkService({ path, files, reporter, env, observed });
  }
}

async function checkService({ path, files, reporter, env, observed }) {
  const { start, example } = path.project;
  let service;
  try {
    const up = await reporter.check(start.flat().join(' '), async () => {
      service = await ServiceUnderTest.start({
        command: start,
        cwd: files.directory,
        env,
      });
      return `answers after ${service.startedAfterMs} ms`;
    });
    if (!up) {
      return;
    }
    await reporter.check(
      '/healthz, /readyz and the example endpoint',
      async () => {
        for (const probe of ['/healthz', '/readyz']) {
          const { status } = await fetch(`${service.url}${probe}`);
          if (status !== 200) {
            throw new Error(`${probe} answers ${status}`);
          }
        }
        const answer = await (
          await fetch(`${service.url}${example.path}`)
        ).json();
        if (JSON.stringify(answer) !== JSON.stringify(example.answer)) {
          throw new Error(`${example.path} answers ${JSON.stringify(answer)}`);
        }
      },
    );
    await reporter.check(
      'every query asks for metrics the service exports',
      async () => {
        const exported = await service.metrics(example.path);
        const problems = observed.queries.flatMap(query =>
          problemsOfQuery(query, exported),
        );
        assertNone([...new Set(problems)]);
        return `${observed.queries.length} queries`;
      },
    );
    await reporter.check('logs are JSON with trace ids', () => {
      const lines = service.logLines();
      const requests = lines.filter(line => line.req ?? line.res);
      assertNone([
        ...(requests.length > 0 ? [] : ['no request was logged']),
        ...requests
          .filter(line => !/^[0-9a-f]{32}$/.test(line.trace_id))
          .map(line => JSON.stringify(line)),
      ]);
      return `${lines.length} lines`;
    });
    await reporter.check(
      'SIGTERM: not ready first, the last request is answered, then the end',
      async () => {
        const { unreadyWhileServing, lastStatus, exitCode, stillListening } =
          await service.terminate(example.path);
        assertNone([
          ...(unreadyWhileServing
            ? []
            : ['/readyz did not turn 503 while it was still serving']),
          ...(lastStatus === 200
            ? []
            : [`the request under way was answered with ${lastStatus}`]),
          ...(exitCode === 0 ? [] : [`it ended with ${exitCode}`]),
          ...(stillListening ? ['it still listens'] : []),
        ]);
      },
    );
  } finally {
    service?.kill();
  }
}

/** Labels that the one who scrapes adds. */
const labelsOfTarget = ['job', 'namespace', 'pod'];

function problemsOfQuery(query, exported) {
  return [...query.matchAll(/\b([a-z_:][\w:]*)\{([^}]*)\}/g)].flatMap(
    ([, metric, matchers]) => {
      // Prometheus itself says whether a target is up
      const labels = metric === 'up' ? new Set() : exported.get(metric);
      if (!labels) {
        return [`${metric} is not exported`];
      }
      return [...matchers.matchAll(/(\w+)\s*(?:=~|!~|!=|=)\s*"/g)]
        .filter(
          ([, label]) => !labels.has(label) && !labelsOfTarget.includes(label),
        )
        .map(([, label]) => `${metric} has no label ${label}`);
    },
  );
}

function sizeOf(directory) {
  let size = 0;
  for (const entry of readdirSync(directory, {
    withFileTypes: true,
    recursive: true,
  })) {
    if (entry.isFile()) {
      size += statSync(join(entry.parentPath, entry.name)).size;
    }
  }
  return size;
}
