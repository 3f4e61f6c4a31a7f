import { assertNone } from '../lib/reporter.mjs';
import { ServiceUnderTest } from '../lib/service-under-test.mjs';

/**
 * The service itself: it answers, says how it is, and stops in order.
 *
 * @returns the metrics that it exports, with their labels
 */
export async function checkService({ path, files, reporter, env }) {
  const { example, traffic, isWork, drain } = path.project;
  let service;
  let exported;
  try {
    const up = await reporter.check('ci/start', async () => {
      service = await ServiceUnderTest.start({
        directory: files.directory,
        env,
      });
      return `answers after ${service.startedAfterMs} ms`;
    });
    if (!up) {
      return undefined;
    }
    await reporter.check('/healthz, /readyz and the example', async () => {
      for (const probe of ['/healthz', '/readyz']) {
        const { status } = await fetch(`${service.url}${probe}`);
        if (status !== 200) {
          throw new Error(`${probe} answers ${status}`);
        }
      }
      await (typeof example === 'function'
        ? example(service)
        : assertAnswer(service, example));
    });
    await reporter.check('metrics in the format of Prometheus', async () => {
      await (traffic ?? manyRequests(example.path))(service);
      exported = await service.metrics();
      if (exported.size === 0) {
        throw new Error('there are none');
      }
      return `${exported.size} series`;
    });
    await reporter.check('logs are JSON, and of work with trace ids', () => {
      const lines = service.logLines();
      const work = lines.filter(isWork);
      assertNone([
        ...(work.length > 0 ? [] : ['no work was logged']),
        ...work
          .filter(line => !/^[0-9a-f]{32}$/.test(line.trace_id))
          .slice(0, 5)
          .map(line => JSON.stringify(line)),
      ]);
      return `${lines.length} lines`;
    });
    await reporter.check(
      'SIGTERM: not ready first, what is under way is finished, then the end',
      async () => {
        const terminate = () => service.terminate(example.path ?? '/healthz');
        const { unreadyWhileServing, lastStatus, exitCode, stillListening } =
          await (drain ? drain({ service, terminate }) : terminate());
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
  return exported;
}

async function assertAnswer({ url }, { path, answer }) {
  const response = await fetch(`${url}${path}`);
  const text = await response.text();
  if (response.status !== 200) {
    throw new Error(`${path} answers ${response.status}: ${text}`);
  }
  if (
    answer !== undefined &&
    (typeof answer === 'function'
      ? !answer(text)
      : JSON.stringify(JSON.parse(text)) !== JSON.stringify(answer))
  ) {
    throw new Error(`${path} answers ${text.slice(0, 500)}`);
  }
}

/** Enough for the garbage collector to have had work, too. */
function manyRequests(path) {
  return async ({ url }) => {
    for (let round = 0; round < 20; round++) {
      await Promise.all(
        Array.from({ length: 100 }, async () =>
          (await fetch(`${url}${path}`)).arrayBuffer(),
        ),
      );
    }
  };
}
