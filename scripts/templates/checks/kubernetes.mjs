import {
  environments,
  manifestsOf,
  problemsOfManifests,
} from '../lib/manifests.mjs';

/** A check of one environment, made for each of them. */
const inEach = ({ name, find, ...check }) => ({
  part: 'kubernetes',
  name,
  ...check,
  async find(context) {
    const problems = [];
    for (const environment of environments) {
      const manifests = manifestsOf(context.files, environment);
      const found = await find({ ...context, manifests, environment });
      problems.push(...found.map(text => `${environment}: ${text}`));
    }
    return problems;
  },
});

/** A demand on every container of every pod. */
const everyContainer = (name, holds) =>
  inEach({
    name,
    find: ({ manifests }) =>
      manifests
        .containers()
        .filter(container => !holds(container))
        .map(container => `container ${container.name}`),
  });

/** A demand on every pod. */
const everyPod = (name, holds) =>
  inEach({
    name,
    find: ({ manifests }) =>
      manifests
        .pods()
        .filter(({ spec }) => !holds(spec))
        .map(({ owner }) => `${owner.kind} ${owner.metadata.name}`),
  });

/** Somebody has to say that a probe is what it is. */
const isProbe = probe =>
  Boolean((probe?.httpGet?.path && probe.httpGet.port) || probe?.grpc?.port);

/** The manifests: each against its schema, and all against what the paths promise. */
export const kubernetesChecks = [
  inEach({
    name: 'manifests after the schemas of Kubernetes',
    async find({ manifests, count }) {
      count('manifests', manifests.objects.length);
      count('schemas', manifests.objects.length);
      return problemsOfManifests(manifests.objects);
    },
  }),
  inEach({
    name: 'there is what a service needs in a cluster',
    find({ answers, manifests, environment }) {
      const { name } = answers.values;
      return [
        ['Deployment', name],
        ['ServiceAccount', name],
        ['PodDisruptionBudget', name],
        ['HorizontalPodAutoscaler', name],
        ['NetworkPolicy', name],
        ['ConfigMap', name],
        ['Service', name],
        ['Namespace', `${name}-${environment}`],
      ]
        .filter(([kind, id]) => !manifests.find(kind, id))
        .map(([kind, id]) => `there is no ${kind} ${id}`);
    },
  }),
  everyPod(
    'pods do not run as root',
    ({ securityContext: context, containers }) =>
      context?.runAsNonRoot === true &&
      context.runAsUser > 0 &&
      containers.every(
        ({ securityContext: own }) =>
          own?.runAsNonRoot !== false && own?.runAsUser !== 0,
      ),
  ),
  everyPod(
    'pods have the seccomp profile of the runtime',
    spec => spec.securityContext?.seccompProfile?.type === 'RuntimeDefault',
  ),
  inEach({
    name: 'no token of the cluster in a pod',
    find: ({ manifests }) => [
      ...manifests
        .pods()
        .filter(({ spec }) => spec.automountServiceAccountToken !== false)
        .map(({ owner }) => `${owner.kind} ${owner.metadata.name} mounts one`),
      ...manifests
        .of('ServiceAccount')
        .filter(account => account.automountServiceAccountToken !== false)
        .map(({ metadata }) => `the account ${metadata.name} mounts one`),
    ],
  }),
  everyContainer(
    'the root file system is read-only',
    ({ securityContext }) => securityContext?.readOnlyRootFilesystem === true,
  ),
  everyContainer(
    'containers have no capabilities and gain no privileges',
    ({ securityContext: context }) =>
      context?.allowPrivilegeEscalation === false &&
      context.privileged !== true &&
      context.capabilities?.drop?.includes('ALL') &&
      !context.capabilities.add,
  ),
  everyContainer(
    'containers ask for processor and memory, and memory has a limit',
    ({ resources }) =>
      resources?.requests?.cpu &&
      resources.requests.memory &&
      resources.limits?.memory,
  ),
  inEach({
    name: 'containers are probed',
    find: ({ manifests }) =>
      manifests
        .of('Deployment')
        .flatMap(({ spec }) => spec.template.spec.containers)
        .flatMap(container =>
          ['startupProbe', 'livenessProbe', 'readinessProbe']
            .filter(probe => !isProbe(container[probe]))
            .map(probe => `container ${container.name} has no ${probe}`),
        ),
  }),
  inEach({
    name: 'no image is whatever is latest',
    find: ({ manifests, parts }) =>
      manifests
        .containers()
        .filter(
          ({ image = '' }) =>
            !/(:[\w.-]+|@sha256:[0-9a-f]{64})$/.test(image) ||
            image.endsWith(':latest'),
        )
        // Which build runs is said where the service is delivered from
        .filter(
          ({ image = '' }) => !(parts.has('delivery') && !/[:@]/.test(image)),
        )
        .map(({ name, image }) => `container ${name} runs ${image}`),
  }),
  inEach({
    name: 'what is not allowed is denied',
    find({ manifests }) {
      const deny = manifests.find('NetworkPolicy', 'default-deny')?.spec;
      return deny &&
        Object.keys(deny.podSelector ?? { x: 1 }).length === 0 &&
        ['Ingress', 'Egress'].every(type => deny.policyTypes?.includes(type)) &&
        !deny.ingress &&
        !deny.egress
        ? []
        : ['there is no default-deny for all pods and both directions'];
    },
  }),
  inEach({
    name: 'what is allowed names peers and ports',
    find: ({ manifests }) =>
      manifests
        .of('NetworkPolicy')
        // That one has a check of its own
        .filter(({ metadata }) => metadata.name !== 'default-deny')
        .flatMap(({ metadata, spec }) =>
          [
            ...(spec.ingress ?? []).map(({ from, ports }) => [from, ports]),
            ...(spec.egress ?? []).map(({ to, ports }) => [to, ports]),
          ]
            .filter(
              ([peers, ports]) =>
                !ports?.length ||
                !peers?.length ||
                peers.some(
                  ({ ipBlock, podSelector, namespaceSelector }) =>
                    ipBlock?.cidr?.endsWith('/0') ||
                    (!ipBlock &&
                      !selectsSome(podSelector) &&
                      !selectsSome(namespaceSelector)),
                ),
            )
            .map(
              rule => `${metadata.name} lets through ${JSON.stringify(rule)}`,
            ),
        ),
  }),
  inEach({
    name: 'the namespace takes restricted pods only',
    find: ({ manifests }) =>
      manifests
        .of('Namespace')
        .filter(
          ({ metadata }) =>
            metadata.labels?.['pod-security.kubernetes.io/enforce'] !==
            'restricted',
        )
        .map(({ metadata }) => metadata.name),
  }),
  inEach({
    name: 'selectors find what they are for',
    find({ answers, manifests }) {
      const { name } = answers.values;
      const selected =
        manifests.find('Deployment', name)?.spec.template.metadata.labels ?? {};
      const fits = (selector, labels) =>
        Object.keys(selector ?? {}).length > 0 &&
        Object.entries(selector).every(
          ([label, value]) => labels?.[label] === value,
        );
      const selectors = {
        Deployment: spec => spec.selector?.matchLabels,
        NetworkPolicy: spec => spec.podSelector?.matchLabels,
        PodDisruptionBudget: spec => spec.selector?.matchLabels,
        Service: spec => spec.selector,
      };
      const service = manifests.find('Service', name);
      return [
        ...Object.entries(selectors)
          .filter(([kind, read]) => {
            const object = manifests.find(kind, name);
            return object && !fits(read(object.spec), selected);
          })
          .map(([kind]) => `the ${kind} does not select the pods`),
        ...manifests
          .of('ServiceMonitor')
          .flatMap(({ spec }) => [
            ...(fits(spec.selector?.matchLabels, service?.metadata.labels)
              ? []
              : ['the ServiceMonitor does not select the Service']),
            ...spec.endpoints
              .filter(
                ({ port }) =>
                  !service?.spec.ports.some(entry => entry.name === port),
              )
              .map(({ port }) => `the Service has no port ${port} to monitor`),
          ]),
        ...manifests
          .of('HorizontalPodAutoscaler')
          .filter(
            ({ spec }) =>
              !manifests.find('Deployment', spec.scaleTargetRef?.name),
          )
          .map(() => 'the autoscaler scales something that is not there'),
      ];
    },
  }),
  inEach({
    name: 'more than one instance, and not all of them away at once',
    find: ({ manifests }) => [
      ...manifests
        .of('HorizontalPodAutoscaler')
        .filter(({ spec }) => !(spec.minReplicas >= 2))
        .map(({ spec }) => `at least ${spec.minReplicas} instances`),
      ...manifests
        .of('PodDisruptionBudget')
        .filter(
          ({ spec }) => spec.maxUnavailable !== 1 && !(spec.minAvailable >= 1),
        )
        .map(() => 'all instances may be away'),
    ],
  }),
  inEach({
    name: 'settings fit the pod',
    find({ answers, manifests, files, parts }) {
      const { name } = answers.values;
      const settings = manifests.find('ConfigMap', name)?.data ?? {};
      const pod = manifests.find('Deployment', name)?.spec.template.spec ?? {};
      const ports = (pod.containers?.[0].ports ?? []).map(port =>
        String(port.containerPort),
      );
      const { runAsUser, runAsGroup } = pod.securityContext ?? {};
      // Where one of them is root, that is what has to be mended
      const user =
        parts.has('container') && runAsUser > 0
          ? /^USER ([1-9]\d*:\d+)$/m.exec(files.text('Dockerfile'))?.[1]
          : undefined;
      return [
        ...(Number(settings.SHUTDOWN_DELAY_MS) +
          Number(settings.SHUTDOWN_TIMEOUT_MS) <
        pod.terminationGracePeriodSeconds * 1000
          ? []
          : ['the pod is killed before it has stopped']),
        ...['PORT', 'METRICS_PORT']
          .filter(key => !ports.includes(settings[key]))
          .map(key => `${key} is no port of the pod`),
        ...(user === undefined || user === `${runAsUser}:${runAsGroup}`
          ? []
          : ['pod and image differ in their user']),
      ];
    },
  }),
  inEach({
    name: 'the certificate is for the host',
    find: ({ manifests }) =>
      manifests
        .of('Ingress')
        .filter(
          ({ spec }) =>
            !spec.rules?.[0].host ||
            spec.rules[0].host !== spec.tls?.[0].hosts[0],
        )
        .map(({ metadata }) => metadata.name),
  }),
  inEach({
    name: 'each environment watches itself',
    part: 'observability',
    needs: ['kubernetes'],
    find({ answers, manifests, environment }) {
      const { name } = answers.values;
      const down = manifests
        .of('PrometheusRule')
        .flatMap(({ spec }) => spec.groups)
        .flatMap(({ rules }) => rules)
        .find(({ alert }) => alert === 'ServiceDown');
      const dashboard = manifests.find('ConfigMap', `${name}-dashboard`);
      return [
        ...(down?.expr.split(`namespace="${name}-${environment}"`).length === 3
          ? []
          : [`ServiceDown looks elsewhere: ${down?.expr}`]),
        ...(`${name}.json` in (dashboard?.data ?? {})
          ? []
          : ['the dashboard has a name that others may have as well']),
        ...(manifests.of('ServiceMonitor').length > 0
          ? []
          : ['nobody reads the metrics']),
      ];
    },
  }),
  inEach({
    name: 'each environment has secrets of its own',
    part: 'secrets',
    find({ answers, manifests, files, environment }) {
      const { name } = answers.values;
      const path =
        manifests.find('ExternalSecret', name)?.spec.dataFrom?.[0].extract
          .key ?? '';
      return [
        ...(path.endsWith(`/${name}/${environment}`)
          ? []
          : [`the secrets come from ${path || 'nowhere'}`]),
        ...(files
          .text('deploy/vault/policy.hcl')
          .includes(`/data/${path.slice(0, -environment.length)}*`)
          ? []
          : ['the policy does not allow their path']),
      ];
    },
  }),
];

function selectsSome(selector) {
  return (
    Object.keys(selector?.matchLabels ?? {}).length > 0 ||
    (selector?.matchExpressions ?? []).length > 0
  );
}
