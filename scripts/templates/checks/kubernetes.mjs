import { kustomize } from '../lib/kustomize.mjs';
import { assertNone } from '../lib/reporter.mjs';
import { unknownFields } from '../lib/unknown-fields.mjs';

/** Where the schemas of what is no part of Kubernetes itself are. */
const packages = {
  'argoproj.io': '@kubernetes-models/argo-cd',
  'external-secrets.io': '@kubernetes-models/external-secrets',
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
};

/** The manifests: each against its schema, and all against what the path promises. */
export async function checkKubernetes({ answers, files, reporter }) {
  for (const environment of ['staging', 'production']) {
    await reporter.check(
      `manifests of ${environment} against their schemas`,
      async () => {
        const objects = kustomize(files, `deploy/overlays/${environment}`);
        await validateAll([
          ...objects,
          ...files.yaml(`deploy/argocd/${environment}.yaml`),
        ]);
        assertNone(
          promises(objects, { name: answers.values.name, environment, files }),
        );
        return `${objects.length + 1} objects`;
      },
    );
  }
}

async function validateAll(objects) {
  const problems = [];
  const seen = new Set();
  for (const object of objects) {
    const id = `${object.kind} ${object.metadata.name}`;
    if (seen.has(id)) {
      problems.push(`${id} is there twice`);
    }
    seen.add(id);
    try {
      const { [object.kind]: Model } = await import(moduleOf(object));
      new Model(object).validate();
    } catch (error) {
      problems.push(`${id}: ${error.message}`);
    }
  }
  assertNone(problems);
  assertNone(
    unknownFields(
      objects.map(object => ({ object, module: moduleOf(object) })),
    ),
  );
}

/** Where the type and the validator of an object are. */
function moduleOf({ apiVersion, kind }) {
  const group = apiVersion.split('/')[0];
  return `${packages[group] ?? 'kubernetes-models'}/${apiVersion}/${kind}`;
}

/** What the schemas cannot know: the restricted pod security standard and the rest of the contract. */
function promises(objects, { name, environment, files }) {
  const problems = [];
  const expect = (held, text) => held || problems.push(text);
  const one = (kind, id = name) => {
    const found = objects.find(
      object => object.kind === kind && object.metadata.name === id,
    );
    expect(found, `there is no ${kind} ${id}`);
    return found ?? { metadata: {}, spec: {} };
  };

  const pod = one('Deployment').spec.template?.spec ?? {};
  const [container] = pod.containers ?? [{}];
  expect(pod.automountServiceAccountToken === false, 'the pod mounts a token');
  expect(
    one('ServiceAccount').automountServiceAccountToken === false,
    'the account mounts a token',
  );
  expect(
    pod.securityContext?.runAsNonRoot === true &&
      pod.securityContext.runAsUser > 0,
    'the pod may run as root',
  );
  expect(
    pod.securityContext?.seccompProfile?.type === 'RuntimeDefault',
    'no seccomp profile',
  );
  expect(
    container.securityContext?.allowPrivilegeEscalation === false,
    'privileges may escalate',
  );
  expect(
    container.securityContext?.readOnlyRootFilesystem === true,
    'the root filesystem can be written',
  );
  expect(
    container.securityContext?.capabilities?.drop?.includes('ALL'),
    'capabilities are kept',
  );
  expect(
    container.livenessProbe &&
      container.readinessProbe &&
      container.startupProbe,
    'a probe is missing',
  );
  expect(
    container.resources?.requests?.cpu &&
      container.resources?.requests?.memory &&
      container.resources?.limits?.memory,
    'resources are missing',
  );
  expect(
    /:[\w.-]+$/.test(container.image ?? '') &&
      !container.image.endsWith(':latest'),
    `the image is ${container.image}`,
  );
  expect(
    files
      .text('Dockerfile')
      .includes(
        `USER ${pod.securityContext?.runAsUser}:${pod.securityContext?.runAsGroup}`,
      ),
    'pod and image differ in their user',
  );

  const settings = one('ConfigMap').data ?? {};
  expect(
    Number(settings.SHUTDOWN_DELAY_MS) + Number(settings.SHUTDOWN_TIMEOUT_MS) <
      pod.terminationGracePeriodSeconds * 1000,
    'the pod is killed before it has stopped',
  );
  expect(
    container.ports?.some(
      port => String(port.containerPort) === settings.PORT,
    ) &&
      container.ports?.some(
        port => String(port.containerPort) === settings.METRICS_PORT,
      ),
    'ports and settings differ',
  );

  const deny = one('NetworkPolicy', 'default-deny').spec;
  expect(
    Object.keys(deny.podSelector ?? { x: 1 }).length === 0 &&
      deny.policyTypes?.length === 2 &&
      !deny.ingress &&
      !deny.egress,
    'default-deny lets something through',
  );
  const selected = one('Deployment').spec.template?.metadata.labels ?? {};
  const selectors = {
    Deployment: one('Deployment').spec.selector?.matchLabels,
    NetworkPolicy: one('NetworkPolicy').spec.podSelector?.matchLabels,
    PodDisruptionBudget: one('PodDisruptionBudget').spec.selector?.matchLabels,
    Service: one('Service').spec.selector,
  };
  for (const [kind, selector] of Object.entries(selectors)) {
    expect(
      selector &&
        Object.entries(selector).every(
          ([label, value]) => selected[label] === value,
        ),
      `the ${kind} does not select the pods`,
    );
  }
  const monitored = one('ServiceMonitor').spec;
  const service = one('Service');
  expect(
    Object.entries(monitored.selector?.matchLabels ?? { x: 1 }).every(
      ([label, value]) => service.metadata.labels?.[label] === value,
    ),
    'the ServiceMonitor does not select the Service',
  );
  expect(
    monitored.endpoints?.every(({ port }) =>
      service.spec.ports?.some(entry => entry.name === port),
    ),
    'the ServiceMonitor asks a port the Service does not have',
  );
  expect(
    one('HorizontalPodAutoscaler').spec.scaleTargetRef?.name === name,
    'the autoscaler scales something else',
  );
  expect(
    one('HorizontalPodAutoscaler').spec.minReplicas >= 2,
    'one instance is too few',
  );
  expect(
    one('Ingress').spec.rules?.[0].host ===
      one('Ingress').spec.tls?.[0].hosts[0],
    'the certificate is for another host',
  );
  const down = one('PrometheusRule')
    .spec.groups?.flatMap(({ rules }) => rules)
    .find(({ alert }) => alert === 'ServiceDown');
  expect(
    down?.expr.split(`namespace="${name}-${environment}"`).length === 3,
    `ServiceDown does not look at ${environment} alone: ${down?.expr}`,
  );
  expect(
    `${name}.json` in (one('ConfigMap', `${name}-dashboard`).data ?? {}),
    'the dashboard has a name that others may have as well',
  );
  const secretPath = one('ExternalSecret').spec.dataFrom?.[0].extract.key ?? '';
  expect(
    secretPath.endsWith(`/${name}/${environment}`),
    `the secrets of ${environment} come from ${secretPath}`,
  );
  expect(
    files
      .text('deploy/vault/policy.hcl')
      .includes(`/data/${secretPath.slice(0, -environment.length)}*`),
    'the policy does not allow the path of the secrets',
  );
  expect(
    one('Namespace', `${name}-${environment}`).metadata.labels?.[
      'pod-security.kubernetes.io/enforce'
    ] === 'restricted',
    'the namespace does not enforce restricted pods',
  );
  return problems;
}
